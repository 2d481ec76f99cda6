package welcome

// field is one labelled input of a form here.
type field struct {
	Name, Label, Type, Autocomplete string
	Value, Hint, Fault              string
	Least, Most                     string // characters; "" for no bound
	Focus                           bool
	Aside, AsideTo                  string // a link beside the label; "" for none
}

// describedBy names the texts that belong to the input.
func (f field) describedBy() string {
	switch {
	case f.Fault != "":
		return f.Name + "-fault"
	case f.Hint != "":
		return f.Name + "-hint"
	default:
		return ""
	}
}
