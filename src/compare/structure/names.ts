// Names that are the same but for their spelling: τ_m and tau_m, I[1] and I_1.
import { spelledOut } from "../../base/greek.ts";

/** Greek letters by their names, nothing between letters and digits; upper and lower case stay apart. */
export function spelling(name: string): string {
  return spelledOut(name).replace(/[_[\],\s]/g, "");
}

export type Reading = (name: string) => string;

/** Ever looser readings of a name, the strictest first. */
export const READINGS: readonly Reading[] = [asWritten, spelling, withoutCase, lastPart];

function asWritten(name: string): string {
  return name;
}

function withoutCase(name: string): string {
  return spelling(name).toLowerCase();
}

/** `Na.m` of a mechanism is the `m` of a model that has but one. */
function lastPart(name: string): string {
  return withoutCase(name.slice(name.lastIndexOf(".") + 1));
}
