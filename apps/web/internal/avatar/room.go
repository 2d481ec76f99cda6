package avatar

import (
	"image"
	"image/color"
)

// roomMax is how many bytes a picture may take while it is decoded.
const roomMax = 160_000_000

// fits reports whether a picture is small enough to be decoded, as its head says.
func (f format) fits(file []byte, head image.Config) bool {
	return head.Width <= sideMax && head.Height <= sideMax && pixelsOf(head) <= pixelsMax && f.room(file, head) <= roomMax
}

func pixelsOf(head image.Config) int64 { return int64(head.Width) * int64(head.Height) }

// room is what a picture's pixels take.
func room(_ []byte, head image.Config) int64 {
	if _, ok := head.ColorModel.(color.Palette); ok {
		return pixelsOf(head)
	}
	switch head.ColorModel {
	case color.Gray16Model, color.RGBA64Model, color.NRGBA64Model:
		return 8 * pixelsOf(head)
	case color.NYCbCrAModel: // what is seen through comes as a picture of its own
		return 7 * pixelsOf(head)
	}
	return 4 * pixelsOf(head)
}

// interlaced is where a PNG's head says so (PNG §11.2.1).
const interlaced = 28

// pngRoom is a PNG's: one that is interlaced is decoded into seven pictures, which are put together in another one.
func pngRoom(file []byte, head image.Config) int64 {
	if file[interlaced] != 0 {
		return 2 * room(file, head)
	}
	return room(file, head)
}
