// How characters look in a terminal: how many columns they take, and what stands for those that must not get out as they are.

/** One character as it is shown. */
export interface Glyph {
  /** Offsets of the character in its line, UTF-16, end-exclusive. */
  readonly start: number;
  readonly end: number;
  /** What is printed; never a control character. */
  readonly shown: string;
  /** Columns that `shown` takes. */
  readonly width: number;
}

const TAB_STOP = 4;

/** The characters of `line` from offset `from` up to `to`, tabs filled up to the next multiple of 4 columns from `from`. */
export function glyphs(line: string, from = 0, to = line.length): Glyph[] {
  const found: Glyph[] = [];
  let column = 0;
  for (let at = from; at < to;) {
    const code = line.codePointAt(at) ?? 0;
    const end = at + (code > 0xffff ? 2 : 1);
    const shown = code === 9 ? " ".repeat(TAB_STOP - (column % TAB_STOP)) : shownAs(code);
    const width = code === 9 ? shown.length : shownWidth(code, shown);
    found.push({ start: at, end, shown, width });
    column += width;
    at = end;
  }
  return found;
}

/** Columns of the character at `offset`, a tab counted in full; for measuring without a line start at hand. */
export function columnsOf(code: number): number {
  return code === 9 ? TAB_STOP : shownWidth(code, shownAs(code));
}

/** Text for one row of a terminal: nothing in it moves the cursor, changes a colour or reverses the direction of writing. */
export function visible(text: string): string {
  let shown = "";
  for (const character of text) shown += shownAs(character.codePointAt(0) ?? 0);
  return shown;
}

/** ␀ to ␟ and ␡ have pictures of their own; other invisible or misleading characters appear as <U+202E>. */
function shownAs(code: number): string {
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  if (code < 0x7f) return String.fromCharCode(code);
  return hidden(code) ? `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>` : String.fromCodePoint(code);
}

function shownWidth(code: number, shown: string): number {
  if (code < 0x7f) return 1;
  return shown.length > 2 ? shown.length : widthOf(code);
}

// C1 controls; soft hyphen; marks of direction (the "Trojan source" attack); zero-width spaces; separators; half surrogates; tags
const HIDDEN: readonly (readonly [number, number])[] = [
  [0x80, 0x9f],
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x180e, 0x180e],
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe007f],
];

function hidden(code: number): boolean {
  return HIDDEN.some(([first, last]) => first <= code && code <= last);
}

// East Asian Width W and F (Unicode UAX #11) outside the emoji
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
];

const COMBINING = /^[\p{Mn}\p{Me}\u1160-\u11FF\u200C\u200D]$/u;
const EMOJI = /^\p{Emoji_Presentation}$/u;

/** As wcwidth does: 0 for combining marks and joiners, 2 for East Asian wide characters and emoji, else 1. */
function widthOf(code: number): number {
  if (code < 0x300) return 1;
  const character = String.fromCodePoint(code);
  if (COMBINING.test(character)) return 0;
  if (WIDE.some(([first, last]) => first <= code && code <= last)) return 2;
  // two regional indicators make one flag of two columns
  const regional = 0x1f1e6 <= code && code <= 0x1f1ff;
  return !regional && EMOJI.test(character) ? 2 : 1;
}
