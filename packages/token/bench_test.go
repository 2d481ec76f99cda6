package token_test

import "testing"

func BenchmarkMint(b *testing.B) {
	for _, mode := range modes(b) {
		minter, person := newMinter(b, mode.minter), someone()
		b.Run(mode.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := minter.Mint(person); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkVerify(b *testing.B) {
	for _, mode := range modes(b) {
		raw, verifier := mint(b, newMinter(b, mode.minter), someone()), newVerifier(b, mode.verifier)
		b.Run(mode.name+"/known", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := verifier.Verify(b.Context(), raw); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
