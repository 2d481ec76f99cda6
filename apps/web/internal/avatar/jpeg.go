package avatar

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"iter"
)

// The JPEG markers that are looked for (ITU T.81 table B.1).
const (
	baseline    = 0xc0 // a frame's header, of three kinds
	extended    = 0xc1
	progressive = 0xc2
	scan        = 0xda // behind which the picture itself begins
	app1        = 0xe1 // EXIF
	app14       = 0xee // which colours Adobe's programs mean
)

// segments are a JPEG's, each by its marker. The last is the first scan's, with all that follows in the file. They end
// early where anything but a segment comes.
func segments(file []byte) iter.Seq2[byte, []byte] {
	return func(yield func(marker byte, content []byte) bool) {
		for at := 2; begins(file, "\xff\xd8") && at+4 <= len(file) && file[at] == 0xff; {
			marker, end := file[at+1], at+2+int(binary.BigEndian.Uint16(file[at+2:]))
			switch {
			case marker == scan:
				yield(marker, file[at+4:])
				return
			case !hasLength(marker) || end < at+4 || end > len(file) || !yield(marker, file[at+4:end]):
				return
			}
			at = end
		}
	}
}

// hasLength is not so for restarts, the file's begin and end, fillers and what is reserved.
func hasLength(marker byte) bool {
	return marker >= baseline && marker < 0xd0 || marker > 0xd9 && marker < 0xff
}

// jpegRoom is a JPEG's: its planes, and four bytes for each of their samples while it is progressive. Where that
// can't be told, it is the most that a JPEG can take.
func jpegRoom(file []byte, head image.Config) int64 {
	pixels := pixelsOf(head)
	samples, whole, each := int64(4), int64(1), int64(1+4)
	anew := head.ColorModel == color.CMYKModel || head.ColorModel == color.RGBAModel // colours are made anew from the planes
	for marker, content := range segments(file) {
		switch marker {
		case baseline, extended, progressive:
			samples, whole = planes(content)
			if marker != progressive {
				each = 1
			}
		case scan:
			anew = anew || bytes.Contains(content, []byte{0xff, app14}) // it can tell of other colours as late as here
		}
	}
	room := pixels * samples * each / whole
	if anew {
		room += 4 * pixels
	}
	return room
}

// planes reads a frame's header (ITU T.81 §B.2.2): of so many samples in all, one plane has so many.
func planes(frame []byte) (samples, whole int64) {
	for at := 6; at+3 <= len(frame); at += 3 {
		here := int64(frame[at+1]>>4) * int64(frame[at+1]&0xf)
		samples, whole = samples+here, max(whole, here)
	}
	if whole == 0 {
		return 4, 1
	}
	return samples, whole
}
