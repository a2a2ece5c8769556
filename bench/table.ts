// Rows for the terminal.

export function row(what: string, ...cells: readonly string[]): void {
  console.log(`${what.padEnd(46)} ${cells.map((cell) => cell.padStart(14)).join(" ")}`.trimEnd());
}

export const inSeconds = (x: number): string => (Number.isNaN(x) ? "" : `${x.toPrecision(3)} s`);
export const inHertz = (x: number): string => (Number.isNaN(x) ? "" : `${x.toFixed(2)} Hz`);
export const inMegabytes = (x: number): string => (Number.isNaN(x) ? "" : `${x.toFixed(0)} MB`);
export const asRatio = (x: number): string => (Number.isNaN(x) ? "" : x.toFixed(2));

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
