// Package avatar makes a small square picture out of whatever picture somebody has.
//
// What comes in is decoded and encoded anew, so that nothing of the file but its colours is kept: no place, no camera,
// no script, no second file behind the first. SVG, which is a program, is no picture here.
package avatar

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"

	"cardwall/apps/web/internal/identity"
)

const (
	side    = 256 // pixels, of what is kept
	quality = 88
)

// Square makes the picture of a PNG, JPEG, GIF or WebP file: its middle, upright. Of one that moves it is the first
// frame. It returns identity.AvatarTooLarge and problem.Invalid "picture_unreadable".
func Square(file []byte) (identity.Avatar, error) {
	decoded, err := decode(file)
	if err != nil {
		return identity.Avatar{}, err
	}
	small := image.NewNRGBA(image.Rect(0, 0, side, side))
	draw.CatmullRom.Scale(small, small.Bounds(), decoded, middle(decoded.Bounds()), draw.Src, nil)
	return encode(upright(small, orientation(file)))
}

// middle is the largest square around the centre.
func middle(r image.Rectangle) image.Rectangle {
	n := min(r.Dx(), r.Dy())
	at := r.Min.Add(image.Pt((r.Dx()-n)/2, (r.Dy()-n)/2))
	return image.Rectangle{Min: at, Max: at.Add(image.Pt(n, n))}
}

func encode(picture *image.NRGBA) (identity.Avatar, error) {
	var out bytes.Buffer
	if picture.Opaque() {
		err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: quality})
		return identity.Avatar{MediaType: "image/jpeg", Bytes: out.Bytes()}, err
	}
	err := png.Encode(&out, picture)
	return identity.Avatar{MediaType: "image/png", Bytes: out.Bytes()}, err
}
