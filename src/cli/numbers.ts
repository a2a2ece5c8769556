// Numbers and columns as people read them, in every locale the same.

import { shortWords } from "../base/shortWords.ts";

/** Three digits: 17.3, 0.125, 1240. */
export function rounded(value: number, digits = 3): string {
  const text = String(Number(value.toPrecision(digits)));
  return value !== 0 && Math.abs(value) >= 10 ** digits && Number.isFinite(value) && Math.abs(value) < 1e15
    ? String(Math.round(value))
    : text;
}

/** 12,345 */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** 1 spike, 2 spikes. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** 1.5 s, 200 ms. */
export function timeText(ms: number): string {
  return Math.abs(ms) >= 1000 ? `${Number((ms / 1000).toPrecision(9))} s` : `${Number(ms.toPrecision(9))} ms`;
}

/** Rows of cells as lines, columns padded to their widest; of numbers all columns but the first end at the right. */
export function columns(written: readonly (readonly string[])[], of: "words" | "numbers" = "words"): string[] {
  const rows = written.map((row) => row.map(shortWords));
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, k) => (widths[k] = Math.max(widths[k] ?? 0, [...cell].length)));
  return rows.map((row) =>
    row
      .map((cell, k) => {
        const gap = " ".repeat((widths[k] ?? 0) - [...cell].length);
        return of === "numbers" && k > 0 ? gap + cell : k === row.length - 1 ? cell : cell + gap;
      })
      .join("  "),
  );
}
