// A PNG with a palette, written without compression library: small enough for the rasters of figures, and runs anywhere.

export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

/**
 * `pixels` holds indices into the palette, row by row: two bits a pixel where the palette has four colours at most, four where it has up to sixteen.
 * PNG 1.2, RFC 2083; zlib, RFC 1950; deflate, RFC 1951.
 */
export function palettePng(width: number, height: number, palette: readonly Rgba[], pixels: Uint8Array): Uint8Array {
  const bits = palette.length <= 4 ? 2 : 4;
  const perByte = 8 / bits;
  const stride = Math.ceil(width / perByte);
  // each row begins with its filter type, 0: none
  const rows = new Uint8Array(height * (stride + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * (stride + 1) + 1 + Math.floor(x / perByte);
      // the leftmost pixel has the highest bits
      const shift = 8 - bits * (1 + (x % perByte));
      rows[at] = (rows[at] ?? 0) | (((pixels[y * width + x] ?? 0) & ((1 << bits) - 1)) << shift);
    }
  }
  return concatenated([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", concatenated([bigEndian(width), bigEndian(height), Uint8Array.of(bits, 3, 0, 0, 0)])),
    chunk("PLTE", Uint8Array.from(palette.flatMap(([r, g, b]) => [r, g, b]))),
    chunk("tRNS", Uint8Array.from(palette.map(([, , , alpha]) => alpha))),
    chunk("IDAT", stored(rows)),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

export function base64(bytes: Uint8Array): string {
  const digit = (three: number, shift: number): string => DIGITS[(three >> shift) & 63] ?? "";
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const three = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text +=
      digit(three, 18) +
      digit(three, 12) +
      (i + 1 < bytes.length ? digit(three, 6) : "=") +
      (i + 2 < bytes.length ? digit(three, 0) : "=");
  }
  return text;
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** zlib with stored blocks only, each at most 65,535 bytes. */
function stored(bytes: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let start = 0; start === 0 || start < bytes.length; start += 0xffff) {
    const block = bytes.subarray(start, start + 0xffff);
    const final = start + 0xffff >= bytes.length ? 1 : 0;
    const size = block.length;
    pieces.push(Uint8Array.of(final, size & 255, size >> 8, ~size & 255, (~size >> 8) & 255), block);
  }
  return concatenated([...pieces, bigEndian(adler32(bytes))]);
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const body = concatenated([Uint8Array.from([...type].map((c) => c.charCodeAt(0))), content]);
  return concatenated([bigEndian(content.length), body, bigEndian(crc32(body))]);
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = (CRC_TABLE[(c ^ byte) & 255] ?? 0) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function bigEndian(n: number): Uint8Array {
  return Uint8Array.of((n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255);
}

function concatenated(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
