package welcome

import "cardwall/apps/web/internal/identity"

// door is the button of a provider. It is a link: a form that ends at a provider would break the policy that forms
// stay with us.
type door struct{ Name, Label, Icon string }

func doors(providers []identity.Provider) []door {
	doors := make([]door, len(providers))
	for i, p := range providers {
		doors[i] = door{Name: p.Name(), Label: p.Label(), Icon: icon(p.Name())}
	}
	return doors
}

// icon is the symbol of a provider that people know by its sign, or a shield.
func icon(provider string) string {
	switch provider {
	case "google", "github":
		return provider
	}
	return "shield"
}
