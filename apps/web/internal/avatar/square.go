// Package avatar makes a small square picture out of whatever picture somebody has.
//
// What comes in is decoded and encoded anew, so that nothing of the file but its colours is kept: no place, no camera,
// no script, no second file behind the first. SVG, which is a program, is no picture here.
package avatar

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/jpeg"
	"image/png"
	"strings"

	"golang.org/x/image/draw"
)

const (
	// FileMax is how many bytes a picture may have that comes in.
	FileMax = 5 << 20
	side    = 256 // pixels, of what is kept
	quality = 88
	prefix  = "/avatars/"
)

// Image is a picture as it is kept and served.
type Image struct {
	MediaType string // image/jpeg, or image/png when parts are see-through
	Bytes     []byte
}

// Hash is the SHA-256 of a picture's bytes: its name.
type Hash [sha256.Size]byte

// Hash names the picture.
func (i Image) Hash() Hash { return sha256.Sum256(i.Bytes) }

// Path is where the picture of that name is served.
func (h Hash) Path() string { return prefix + hex.EncodeToString(h[:]) }

// IsPath reports whether a path may be a picture's of ours; no page shows any other.
func IsPath(path string) bool {
	_, ok := ParseHash(strings.TrimPrefix(path, prefix))
	return ok && strings.HasPrefix(path, prefix)
}

// ParseHash reads the last part of a picture's path, which is written in one way only.
func ParseHash(name string) (Hash, bool) {
	raw, err := hex.DecodeString(name)
	if err != nil || len(raw) != sha256.Size || strings.ToLower(name) != name {
		return Hash{}, false
	}
	return Hash(raw), true
}

// Square makes the picture of a PNG, JPEG, GIF or WebP file: its middle, upright. Of one that moves it is the first
// frame. It returns problem.TooLarge "picture_too_large" and problem.Invalid "picture_unreadable".
func Square(file []byte) (Image, error) {
	decoded, err := decode(file)
	if err != nil {
		return Image{}, err
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

func encode(picture *image.NRGBA) (Image, error) {
	var out bytes.Buffer
	if picture.Opaque() {
		err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: quality})
		return Image{MediaType: "image/jpeg", Bytes: out.Bytes()}, err
	}
	err := png.Encode(&out, picture)
	return Image{MediaType: "image/png", Bytes: out.Bytes()}, err
}
