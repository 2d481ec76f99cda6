package avatar_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"cardwall/apps/web/internal/avatar"
	"cardwall/apps/web/internal/identity"
	"cardwall/packages/problem"
)

// flag is red above and blue below.
func flag(width, height int) *image.NRGBA {
	picture := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			if y < height/2 {
				picture.SetNRGBA(x, y, color.NRGBA{R: 255, A: 255})
			} else {
				picture.SetNRGBA(x, y, color.NRGBA{B: 255, A: 255})
			}
		}
	}
	return picture
}

func encoded(t *testing.T, encode func(*bytes.Buffer) error) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := encode(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func pngOf(t *testing.T, p image.Image) []byte {
	t.Helper()
	return encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, p) })
}

func jpegOf(t *testing.T, p image.Image) []byte {
	t.Helper()
	return encoded(t, func(b *bytes.Buffer) error { return jpeg.Encode(b, p, nil) })
}

func square(t *testing.T, file []byte) (identity.Avatar, image.Image) {
	t.Helper()
	made, err := avatar.Square(file)
	if err != nil {
		t.Fatal(err)
	}
	decoded, kind, err := image.Decode(bytes.NewReader(made.Bytes))
	if err != nil || "image/"+kind != made.MediaType || decoded.Bounds() != image.Rect(0, 0, 256, 256) {
		t.Fatalf("%s, %s, %v, %v", kind, made.MediaType, decoded.Bounds(), err)
	}
	return made, decoded
}

func isRed(p image.Image, x, y int) bool {
	r, _, b, _ := p.At(x, y).RGBA()
	return r > b
}

// webpFile is a WebP of 1 × 1, as Google's own documentation of lossy images has it.
const webpFile = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"

func TestPicturesOfEachKindBecomeASquare(t *testing.T) {
	t.Parallel()
	small, err := base64.StdEncoding.DecodeString(webpFile)
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string][]byte{
		"png":  pngOf(t, flag(300, 200)),
		"jpeg": jpegOf(t, flag(200, 301)),
		"gif":  encoded(t, func(b *bytes.Buffer) error { return gif.Encode(b, flag(20, 20), nil) }),
	} {
		if _, got := square(t, file); !isRed(got, 128, 10) || isRed(got, 128, 240) {
			t.Errorf("%s lost its colours", name)
		}
	}
	square(t, small)
	glass := flag(50, 50)
	glass.SetNRGBA(25, 25, color.NRGBA{})
	if made, _ := square(t, pngOf(t, glass)); made.MediaType != "image/png" {
		t.Errorf("what is see-through became %s", made.MediaType)
	}
}

// segment puts an APP1 segment right behind a JPEG's beginning.
func segment(file []byte, content string) []byte {
	head := []byte{0xff, 0xd8, 0xff, 0xe1, 0, 0}
	binary.BigEndian.PutUint16(head[4:], uint16(len(content)+2))
	return append(append(head, content...), file[2:]...)
}

func exif(orientation byte) string {
	return "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string(orientation) + "\x00\x00\x00\x00\x00\x00"
}

func TestMetadataIsStripped(t *testing.T) {
	t.Parallel()
	plain := jpegOf(t, flag(100, 100))
	made, _ := square(t, append(segment(plain, exif(1)+"taken at home"), "<script>alert(1)</script>"...))
	if bytes.Contains(made.Bytes, []byte("Exif")) || bytes.Contains(made.Bytes, []byte("taken at home")) || bytes.Contains(made.Bytes, []byte("script")) {
		t.Error("something of the file is left")
	}
}

func TestPictureOfACameraIsTurnedUpright(t *testing.T) {
	t.Parallel()
	plain := jpegOf(t, flag(100, 100))
	for orientation, redAt := range map[byte]image.Point{1: {128, 10}, 2: {128, 10}, 3: {128, 245}, 4: {128, 245}, 5: {10, 128}, 6: {245, 128}, 7: {245, 128}, 8: {10, 128}, 9: {128, 10}} {
		if _, got := square(t, segment(plain, exif(orientation))); !isRed(got, redAt.X, redAt.Y) || isRed(got, 255-redAt.X, 255-redAt.Y) {
			t.Errorf("%d is turned otherwise", orientation)
		}
	}
}

// headOf is a PNG that says it has so many pixels, and has none.
func headOf(width, height uint32) []byte { return pngHead(width, height, 8, 2, 0) }

func pngHead(width, height uint32, depth, colours, interlace byte) []byte {
	chunk := append([]byte("IHDR"), make([]byte, 13)...)
	binary.BigEndian.PutUint32(chunk[4:], width)
	binary.BigEndian.PutUint32(chunk[8:], height)
	chunk[12], chunk[13], chunk[16] = depth, colours, interlace
	file := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), chunk...)
	return binary.BigEndian.AppendUint32(file, crc32.ChecksumIEEE(chunk))
}

func TestDimensionsAreAskedFirst(t *testing.T) {
	t.Parallel()
	for name, file := range map[string][]byte{
		"more_than_40_MP":  headOf(8000, 5001),
		"one_endless_line": headOf(1, 40_000_000),
		"more_than_5_MB":   append(pngOf(t, flag(10, 10)), make([]byte, identity.AvatarFileMax)...),
	} {
		if _, err := avatar.Square(file); !problem.Is(err, problem.TooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := avatar.Square(headOf(8000, 5000)); !problem.Is(err, problem.Invalid) {
		t.Errorf("40 MP without a pixel: %v", err)
	}
}

// jpegHead is a JPEG's frame and the begin of its scan, with a component of each sampling, and what comes before it.
func jpegHead(before string, frame byte, width, height uint16, samplings ...byte) []byte {
	file := append([]byte("\xff\xd8"), before...)
	file = append(file, 0xff, frame, 0, byte(8+3*len(samplings)), 8, byte(height>>8), byte(height), byte(width>>8), byte(width), byte(len(samplings)))
	for i, sampling := range samplings {
		file = append(file, byte(i+1), sampling, 0)
	}
	return append(file, "\xff\xda\x00\x02"...)
}

// webpHead is a WebP's that is see-through.
func webpHead(width, height uint32) []byte {
	head := append([]byte("RIFF\x1a\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x10\x00\x00\x00"), make([]byte, 6)...)
	for i := range 3 {
		head[24+i], head[27+i] = byte((width-1)>>(8*i)), byte((height-1)>>(8*i))
	}
	return head
}

// A head is all that these have: what is decoded at all is unreadable then.
func TestPictureTakesNoMoreThan160MBToDecode(t *testing.T) {
	t.Parallel()
	const adobe = "\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00"
	for name, c := range map[string]struct{ over, most []byte }{
		"16_bits":           {pngHead(5000, 4001, 16, 2, 0), pngHead(5000, 4000, 16, 2, 0)},
		"16_bits_of_grey":   {pngHead(5000, 4001, 16, 0, 0), pngHead(5000, 4000, 16, 0, 0)},
		"16_bits_and_alpha": {pngHead(6300, 6300, 16, 6, 0), pngHead(4000, 5000, 16, 6, 0)},
		"interlaced":        {pngHead(5000, 4001, 8, 6, 1), pngHead(5000, 4000, 8, 6, 1)},
		"jpeg":              {jpegHead("", 0xc0, 8000, 5001, 0x11, 0x11, 0x11), jpegHead("", 0xc0, 8000, 5000, 0x11, 0x11, 0x11)},
		"jpeg_of_a_camera":  {jpegHead("", 0xc0, 8000, 5001, 0x22, 0x11, 0x11), jpegHead("", 0xc0, 8000, 5000, 0x22, 0x11, 0x11)},
		"jpeg_of_a_printer": {jpegHead(adobe, 0xc0, 5000, 4001, 0x11, 0x11, 0x11, 0x11), jpegHead(adobe, 0xc0, 5000, 4000, 0x11, 0x11, 0x11, 0x11)},
		"jpeg_in_rgb":       {jpegHead(adobe, 0xc0, 5000, 4572, 0x11, 0x11, 0x11), jpegHead(adobe, 0xc0, 5000, 4571, 0x11, 0x11, 0x11)},
		"jpeg_in_rgb_late":  {append(jpegHead("", 0xc0, 5000, 4572, 0x11, 0x11, 0x11), adobe...), append(jpegHead("", 0xc0, 5000, 4571, 0x11, 0x11, 0x11), adobe...)},
		"progressive":       {jpegHead("", 0xc2, 4000, 2667, 0x11, 0x11, 0x11), jpegHead("", 0xc2, 4000, 2666, 0x11, 0x11, 0x11)},
		"progressive_420":   {jpegHead("", 0xc2, 5000, 4267, 0x22, 0x11, 0x11), jpegHead("", 0xc2, 5000, 4266, 0x22, 0x11, 0x11)},
		"behind_a_filler":   {jpegHead("\xff", 0xc0, 4000, 2001, 0x11, 0x11, 0x11), jpegHead("\xff", 0xc0, 4000, 2000, 0x11, 0x11, 0x11)},
		"behind_a_restart":  {jpegHead("\xff\xd0", 0xc2, 4000, 2001, 0x11, 0x11, 0x11), jpegHead("\xff\xd0", 0xc2, 4000, 2000, 0x11, 0x11, 0x11)},
		"see-through_webp":  {webpHead(5000, 4572), webpHead(5000, 4571)},
	} {
		if _, err := avatar.Square(c.over); !problem.Is(err, problem.TooLarge) {
			t.Errorf("%s, a line more: %v", name, err)
		}
		if _, err := avatar.Square(c.most); !problem.Is(err, problem.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatIsNoPictureIsRefused(t *testing.T) {
	t.Parallel()
	whole := pngOf(t, flag(30, 30))
	for name, file := range map[string][]byte{
		"nothing":      nil,
		"svg":          []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`),
		"html":         []byte("<!doctype html><script>alert(1)</script>"),
		"bmp":          []byte("BM\x3a\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00"),
		"half_a_png":   whole[:len(whole)/2],
		"a_jpeg's_end": []byte("\xff\xd8\xff\xd9"),
		"a_riff_sound": []byte("RIFF\x00\x00\x00\x00WAVEfmt "),
		"no_pixels":    headOf(0, 10),
	} {
		if _, err := avatar.Square(file); !problem.Is(err, problem.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
