// Numbers in the sentences of a comparison.

/** Three digits and the unit: `21.4 Hz`, `0.012`. */
export function valueText(value: number, unit: string): string {
  const size = Math.abs(value);
  const number = size >= 1000 && size < 1e6 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
  return unit === "" ? number : `${number} ${unit}`;
}

/** How many times as large: `2.1 times`, `30 times`, `more than 1000 times`. */
export function timesText(ratio: number): string {
  if (!(ratio <= 1000)) return "more than 1000 times";
  return `${ratio < 10 ? Number(ratio.toPrecision(2)) : Math.round(ratio)} times`;
}

/** Why a comparison is not complete that somebody has interrupted. */
export const STOPPED = "it was stopped before its end";
