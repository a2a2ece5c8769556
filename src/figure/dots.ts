// A sheet of terminal cells, and braille dots on it: two dots across and four down in each cell.

/** What a cell shows; colours follow from it. */
export type Tone = "plain" | "axis" | "threshold" | "spike" | "first" | "second" | "third" | "fourth";

const CODES: Readonly<Record<Tone, string>> = {
  plain: "",
  axis: "\u001B[2m",
  threshold: "\u001B[31m",
  spike: "\u001B[33m",
  first: "\u001B[36m",
  second: "\u001B[35m",
  third: "\u001B[32m",
  fourth: "\u001B[34m",
};

export interface Grid {
  readonly width: number;
  readonly height: number;
  /** One character each, row by row. */
  readonly cells: string[];
  readonly tones: Tone[];
}

export function grid(width: number, height: number): Grid {
  return {
    width,
    height,
    cells: new Array<string>(width * height).fill(" "),
    tones: new Array<Tone>(width * height).fill("plain"),
  };
}

/** Writes to the right from a cell; what falls outside is cut off, and control characters are left out. */
export function put(sheet: Grid, column: number, row: number, text: string, tone: Tone): void {
  const clean = [
    ...text.replace(/[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\p{M}]/gu, ""),
  ];
  clean.forEach((character, i) => {
    if (column + i < 0 || column + i >= sheet.width || row < 0 || row >= sheet.height) return;
    sheet.cells[row * sheet.width + column + i] = character;
    sheet.tones[row * sheet.width + column + i] = tone;
  });
}

/** Rows without trailing blanks. */
export function printGrid(sheet: Grid, color: boolean): string {
  const lines: string[] = [];
  for (let row = 0; row < sheet.height; row++) {
    let end = (row + 1) * sheet.width;
    while (end > row * sheet.width && sheet.cells[end - 1] === " ") end--;
    let line = "";
    for (let i = row * sheet.width; i < end;) {
      const tone = sheet.tones[i] ?? "plain";
      let j = i;
      while (j < end && sheet.tones[j] === tone) j++;
      const piece = sheet.cells.slice(i, j).join("");
      line += color && CODES[tone] !== "" ? `${CODES[tone]}${piece}\u001B[0m` : piece;
      i = j;
    }
    lines.push(line);
  }
  return lines.join("\n");
}

/** A part of a sheet, from a cell to the right edge, addressed by dots; (0, 0) is the upper left. */
export interface Dots {
  readonly sheet: Grid;
  readonly left: number;
  readonly top: number;
  /** Extent in dots. */
  readonly columns: number;
  readonly rows: number;
}

export function dotGrid(sheet: Grid, left: number, top: number, rowsOfCells: number): Dots {
  return { sheet, left, top, columns: (sheet.width - left) * 2, rows: rowsOfCells * 4 };
}

// bits of U+2800 by row, left and right: dots 1 2 3 7 and 4 5 6 8
const BITS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

export function setDot(dots: Dots, x: number, y: number, tone: Tone): void {
  if (!(x >= 0 && x < dots.columns && y >= 0 && y < dots.rows)) return;
  const cell = (dots.top + (y >> 2)) * dots.sheet.width + dots.left + (x >> 1);
  const before = dots.sheet.cells[cell]?.codePointAt(0) ?? 0;
  const bits = before >= 0x2800 && before <= 0x28ff ? before - 0x2800 : 0;
  dots.sheet.cells[cell] = String.fromCodePoint(0x2800 + (bits | (BITS[y & 3]?.[x & 1] ?? 0)));
  dots.sheet.tones[cell] = tone;
}
