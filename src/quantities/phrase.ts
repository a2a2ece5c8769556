// What people who model neurons call a quantity, for messages: "a current (pA)", "a conductance density".
import { invariant } from "../base/invariant.ts";
import { isDimensionless } from "./dimension.ts";
import type { Dimension } from "./dimension.ts";
import { canonicalUnit, parseUnit } from "./unit.ts";
import type { Unit } from "./unit.ts";

/** "voltage", "rate", "pure number"; "quantity" where the field has no word. */
export function kindOf(dimension: Dimension): string {
  return KINDS.get(dimension.key) ?? "quantity";
}

/** "current (pA)", "pure number", "quantity in pA*sqrt(ms)"; in canonical units unless told. */
export function short(dimension: Dimension, unit?: Unit): string {
  const kind = kindOf(dimension);
  if (isDimensionless(dimension)) return unit === undefined || unit.text === "1" ? kind : `${kind} (${unit.text})`;
  const { text } = unit ?? canonicalUnit(dimension);
  return KINDS.has(dimension.key) ? `${kind} (${text})` : `${kind} in ${text}`;
}

/** The same with its article: "a current (pA)", "an area (µm^2)". */
export function phrase(dimension: Dimension, unit?: Unit): string {
  const words = short(dimension, unit);
  return /^[aeiou]/.test(words) ? `an ${words}` : `a ${words}`;
}

/** A literal as it could stand in a model, for "needs a voltage, e.g. -70 mV". */
export function exampleLiteral(dimension: Dimension): string {
  if (isDimensionless(dimension)) return "0.5";
  return EXAMPLES.get(dimension.key) ?? `1 ${canonicalUnit(dimension).text}`;
}

const KINDS = byDimension([
  ["1", "pure number"],
  ["mV", "voltage"],
  ["pA", "current"],
  ["nS", "conductance"],
  ["pF", "capacitance"],
  ["GΩ", "resistance"],
  ["fC", "charge"],
  ["ms", "time"],
  ["/ms", "rate"],
  ["mV/ms", "voltage per time"],
  ["pA/ms", "current per time"],
  ["nS/ms", "conductance per time"],
  ["/mV", "inverse voltage"],
  ["/pA", "inverse current"],
  ["/ms/mV", "rate per voltage"],
  ["/ms/pA", "rate per current"],
  ["/ms^2", "rate per time"],
  ["pA/µm^2", "current density"],
  ["nS/µm^2", "conductance density"],
  ["pF/µm^2", "capacitance density"],
  ["GΩ*µm^2", "resistance times area"],
  ["GΩ*µm", "resistivity"],
  ["nS/µm", "conductivity"],
  ["µm", "length"],
  ["µm^2", "area"],
  ["µm^3", "volume"],
  ["µm/ms", "velocity"],
  ["µm^2/ms", "diffusion coefficient"],
  ["mM", "concentration"],
  ["mM/ms", "concentration per time"],
  ["/mM/ms", "rate per concentration"],
  ["amol", "amount of substance"],
  ["fC/amol", "charge per amount of substance"],
  ["K", "temperature"],
  ["ng", "mass"],
  ["pN", "force"],
  ["Pa", "pressure"],
  ["aJ", "energy"],
  ["fW", "power"],
  ["/sqrt(ms)", "white noise"],
  ["mV/sqrt(ms)", "voltage noise"],
  ["ms^2", "time squared"],
  ["mV^2", "voltage squared"],
  ["pA^2", "current squared"],
]);

const EXAMPLES = byDimension([
  ["mV", "-70 mV"],
  ["pA", "100 pA"],
  ["nS", "10 nS"],
  ["pF", "100 pF"],
  ["GΩ", "0.1 GΩ"],
  ["ms", "10 ms"],
  ["/ms", "0.1 /ms"],
  ["pF/µm^2", "1 µF/cm^2"],
  ["nS/µm^2", "0.1 mS/cm^2"],
  ["pA/µm^2", "1 µA/cm^2"],
  ["GΩ*µm", "100 Ω*cm"],
  ["K", "37 degC"],
]);

function byDimension(entries: readonly (readonly [unit: string, word: string])[]): ReadonlyMap<string, string> {
  return new Map(
    entries.map(([text, word]) => {
      const result = parseUnit(text);
      invariant("unit" in result, `unit ${text}`);
      return [result.unit.dimension.key, word];
    }),
  );
}
