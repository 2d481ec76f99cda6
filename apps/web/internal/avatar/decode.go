package avatar

import (
	"bytes"
	"errors"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"

	"cardwall/apps/web/internal/identity"
	"cardwall/packages/problem"
)

const (
	pixelsMax = 40_000_000
	sideMax   = 20_000 // pixels
)

// format is a kind of file that may come in. The list is ours, not what some import has registered with package image.
type format struct {
	begins string // ? stands for any byte
	config func([]byte) (image.Config, error)
	decode func([]byte) (image.Image, error)
	room   func([]byte, image.Config) int64 // bytes that decoding takes, once config has read the head
}

var formats = []format{
	{"\x89PNG\r\n\x1a\n", from(png.DecodeConfig), from(png.Decode), pngRoom},
	{"\xff\xd8", from(jpeg.DecodeConfig), from(jpeg.Decode), jpegRoom},
	{"GIF8?a", from(gif.DecodeConfig), from(gif.Decode), room},
	{"RIFF????WEBPVP8", from(webp.DecodeConfig), from(webp.Decode), room},
}

func from[T any](read func(r io.Reader) (T, error)) func([]byte) (T, error) {
	return func(file []byte) (T, error) { return read(bytes.NewReader(file)) }
}

// decode reads a file whose first bytes say what it is, whatever it is called. How large the picture is says the
// file's head: it is asked before any memory is taken.
func decode(file []byte) (image.Image, error) {
	if len(file) > identity.AvatarFileMax {
		return nil, identity.AvatarTooLarge()
	}
	for _, f := range formats {
		if !begins(file, f.begins) {
			continue
		}
		head, err := f.config(file)
		if err != nil {
			return nil, unreadable(err)
		}
		if head.Width < 1 || head.Height < 1 {
			return nil, unreadable(errors.New("it has no pixels"))
		}
		if !f.fits(file, head) {
			return nil, identity.AvatarTooLarge()
		}
		decoded, err := f.decode(file)
		if err != nil {
			return nil, unreadable(err)
		}
		return decoded, nil
	}
	return nil, unreadable(errors.New("it is none of the known formats"))
}

func begins(file []byte, pattern string) bool {
	if len(file) < len(pattern) {
		return false
	}
	for i := range len(pattern) {
		if pattern[i] != '?' && pattern[i] != file[i] {
			return false
		}
	}
	return true
}

func unreadable(cause error) *problem.Error {
	return problem.New(problem.Invalid, "picture_unreadable", "That file is no picture that can be read here. Choose a PNG, JPEG, GIF or WebP.").Because(cause)
}
