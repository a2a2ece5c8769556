// Numbers and texts at given places of a binary file; a place outside of it is told with what was expected there.
import { BadInstrumentFile } from "./instrument.ts";

export class Bytes {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  readonly #little: boolean;

  constructor(bytes: Uint8Array, littleEndian: boolean) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#little = littleEndian;
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** @throws BadInstrumentFile where the file ends before */
  int8 = (at: number, what: string): number => this.#view.getInt8(this.#there(at, 1, what));
  int16 = (at: number, what: string): number => this.#view.getInt16(this.#there(at, 2, what), this.#little);
  int32 = (at: number, what: string): number => this.#view.getInt32(this.#there(at, 4, what), this.#little);
  uint32 = (at: number, what: string): number => this.#view.getUint32(this.#there(at, 4, what), this.#little);
  float32 = (at: number, what: string): number => this.#view.getFloat32(this.#there(at, 4, what), this.#little);
  float64 = (at: number, what: string): number => this.#view.getFloat64(this.#there(at, 8, what), this.#little);

  /** Latin-1, up to the first zero, without blanks around it. */
  text(at: number, length: number, what: string): string {
    this.#there(at, length, what);
    let end = at;
    while (end < at + length && this.#bytes[end] !== 0) end++;
    return latin1(this.#bytes.subarray(at, end)).trim();
  }

  slice(at: number, length: number, what: string): Uint8Array {
    this.#there(at, length, what);
    return this.#bytes.subarray(at, at + length);
  }

  #there(at: number, length: number, what: string): number {
    if (Number.isSafeInteger(at) && at >= 0 && length >= 0 && at + length <= this.#bytes.length) return at;
    throw new BadInstrumentFile(
      `at byte ${at}: ${what} expected, ${length} byte${length === 1 ? "" : "s"} long, but the file has ${this.#bytes.length}`,
    );
  }
}

/** One character a byte. */
export function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}
