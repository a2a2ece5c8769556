// Arrays in one file that numpy reads: .npz, a zip archive of .npy arrays, uncompressed. The same arrays give the same bytes.

export type NpzArray = { readonly name: string; readonly shape: readonly number[] } & (
  { readonly kind: "float64"; readonly values: Float64Array } | { readonly kind: "int32"; readonly values: Int32Array }
);

/** Null where the archive would be larger than 4 GB, which a zip without extensions cannot be. */
export function npz(arrays: readonly NpzArray[]): Uint8Array | null {
  const entries = arrays.map((array) => {
    const content = npy(array);
    return { name: new TextEncoder().encode(`${array.name}.npy`), content, crc: crc32(content) };
  });
  const local = entries.map((e) => 30 + e.name.length + e.content.length);
  const central = entries.reduce((sum, e) => sum + 46 + e.name.length, 0);
  const size = local.reduce((a, b) => a + b, 0) + central + 22;
  if (size > 0xffffffff) return null;
  const out = new Uint8Array(size);
  const view = new DataView(out.buffer);
  let at = 0;
  const u16 = (value: number): void => void (view.setUint16(at, value, true), (at += 2));
  const u32 = (value: number): void => void (view.setUint32(at, value, true), (at += 4));
  const bytes = (value: Uint8Array): void => void (out.set(value, at), (at += value.length));
  const common = ({ name, content, crc }: (typeof entries)[number]): void => {
    u16(20); // version that is needed
    u16(0);
    u16(0); // stored
    u16(0);
    u16(0x21); // the first day that zip can say
    u32(crc);
    u32(content.length);
    u32(content.length);
    u16(name.length);
    u16(0);
  };
  const starts: number[] = [];
  for (const entry of entries) {
    starts.push(at);
    u32(0x04034b50);
    common(entry);
    bytes(entry.name);
    bytes(entry.content);
  }
  const directory = at;
  entries.forEach((entry, k) => {
    u32(0x02014b50);
    u16(20);
    common(entry);
    u16(0); // comment
    u16(0); // disk
    u16(0);
    u32(0);
    u32(starts[k] ?? 0);
    bytes(entry.name);
  });
  u32(0x06054b50);
  u16(0);
  u16(0);
  u16(entries.length);
  u16(entries.length);
  u32(at - 12 - directory);
  u32(directory);
  u16(0);
  return out;
}

/** One array as numpy's format 1.0 has it, little-endian, rows first. */
function npy({ kind, shape, values }: NpzArray): Uint8Array {
  const shown = shape.length === 1 ? `${shape[0] ?? 0},` : shape.join(", ");
  const said = `{'descr': '${kind === "float64" ? "<f8" : "<i4"}', 'fortran_order': False, 'shape': (${shown}), }`;
  const length = Math.ceil((10 + said.length + 1) / 64) * 64;
  const header = said.padEnd(length - 11, " ") + "\n";
  const width = kind === "float64" ? 8 : 4;
  const out = new Uint8Array(length + values.length * width);
  const view = new DataView(out.buffer);
  out.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  view.setUint16(8, header.length, true);
  out.set(new TextEncoder().encode(header), 10);
  for (let k = 0; k < values.length; k++)
    if (kind === "float64") view.setFloat64(length + 8 * k, values[k] ?? 0, true);
    else view.setInt32(length + 4 * k, values[k] ?? 0, true);
  return out;
}

const TABLE = Int32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (let k = 0; k < bytes.length; k++) crc = (TABLE[(crc ^ (bytes[k] ?? 0)) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ -1) >>> 0;
}
