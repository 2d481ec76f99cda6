package avatar

import (
	"encoding/binary"
	"image"
)

// orientation reads how a JPEG is to be turned (EXIF 2.32 §4.6.4, tag 0x0112): cameras write pictures as the sensor
// lay. It is 1, upright, for everything else.
func orientation(file []byte) int {
	for marker, content := range segments(file) {
		if marker == app1 && begins(content, "Exif\x00\x00") {
			return exifOrientation(content[6:])
		}
	}
	return 1
}

// exifOrientation looks the tag up in the first directory of a TIFF header (TIFF 6.0 §2).
func exifOrientation(tiff []byte) int {
	var order binary.ByteOrder = binary.BigEndian
	if begins(tiff, "II") {
		order = binary.LittleEndian
	}
	if len(tiff) < 8 {
		return 1
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return 1
	}
	entries := int(order.Uint16(tiff[at:]))
	for entry := at + 2; entries > 0 && entry+12 <= len(tiff); entry, entries = entry+12, entries-1 {
		if value := int(order.Uint16(tiff[entry+8:])); order.Uint16(tiff[entry:]) == 0x0112 && value >= 1 && value <= 8 {
			return value
		}
	}
	return 1
}

// upright turns a square as the orientation says: from 5 on rows are columns, and each half of the eight has its mirrors.
func upright(square *image.NRGBA, orientation int) *image.NRGBA {
	if orientation == 1 {
		return square
	}
	last := side - 1
	turned := image.NewNRGBA(square.Rect)
	for y := range side {
		for x := range side {
			fromX, fromY := x, y
			switch orientation {
			case 2:
				fromX = last - x
			case 3:
				fromX, fromY = last-x, last-y
			case 4:
				fromY = last - y
			case 5:
				fromX, fromY = y, x
			case 6:
				fromX, fromY = y, last-x
			case 7:
				fromX, fromY = last-y, last-x
			case 8:
				fromX, fromY = last-y, x
			}
			turned.SetNRGBA(x, y, square.NRGBAAt(fromX, fromY))
		}
	}
	return turned
}
