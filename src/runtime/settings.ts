// What a program gives when it creates a simulation: known names and finite numbers, or an error that names what there is; texts with units become numbers.
import { readQuantity } from "./quantityText.ts";

/** What can be set of a model: canonical units by population and parameter (in brackets where neurons may differ), and those of the network's and the experiment's parameters. */
export interface Settable {
  readonly parameters: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  readonly setup: Readonly<Record<string, string>>;
}

/** The same without texts. */
export type Numbers<T> = { [K in keyof T]: Exclude<T[K], string> };

export interface Settings<P, S, Z> {
  readonly parameters: { readonly [K in keyof P]: Numbers<P[K]> };
  readonly setup: Numbers<S>;
  readonly sizes: Z;
}

const OPTIONS = ["step", "seed", "parameters", "setup", "sizes", "memoryLimit", "progress", "backend"];

/** @throws RangeError for a name that is not there, and for what is no number, or no quantity of its kind */
export function settingsOf<P extends object, S extends object, Z extends object>(options: { readonly step?: number; readonly seed?: number; readonly parameters?: P; readonly setup?: S; readonly sizes?: Z }, settable: Settable): Settings<P, S, Z> {
  demandNames(options, OPTIONS, "option");
  const { step, seed, parameters = {}, setup = {}, sizes = {} } = options;
  if (step !== undefined && !(step > 0 && step < Infinity)) throw new RangeError(`the step is a time in ms above 0, not ${String(step)}`);
  if (seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0)) throw new RangeError(`a seed is a whole number from 0 to 2^53 - 1, not ${String(seed)}`);
  const populations = Object.keys(settable.parameters);
  demandNames(parameters, populations, "population", "to have parameters");
  demandNames(sizes, populations, "population", "to have a size");
  for (const [name, size] of Object.entries(sizes)) populationSize(name, size as number);
  const read = (given: object, units: Readonly<Record<string, string | readonly string[]>>, of: string): object =>
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined).map(([name, value]) => [name, valueOf(value, units[name] ?? "1", `${of}${name}`)]));
  for (const [name, given] of Object.entries(parameters)) demandNames(given as object, Object.keys(settable.parameters[name] ?? {}), "parameter", `of \`${name}\``);
  demandNames(setup, Object.keys(settable.setup), "parameter", "of the network, the experiment or a connection");
  return {
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, given]) => [name, read((given ?? {}), settable.parameters[name] ?? {}, `${name}.`)])),
    setup: read(setup, settable.setup, ""),
    sizes,
  } as Settings<P, S, Z>;
}

/** The number of neurons of a population. */
export function populationSize(name: string, size: number): number {
  if (Number.isSafeInteger(size) && size >= 0) return size;
  throw new RangeError(`population \`${name}\` has a whole number of neurons, 0 or more, not ${String(size)}`);
}

function demandNames(given: object, known: readonly string[], kind: string, where = ""): void {
  if (typeof given !== "object" || given === null) throw new RangeError(`${kind}s ${where} are given as an object with their names, not as ${String(given)}`);
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const there = known.length === 0 ? "there are none" : known.length === 1 ? `there is \`${known[0] ?? ""}\`` : `there are ${known.map((k) => `\`${k}\``).join(", ")}`;
    throw new RangeError(`no ${kind} \`${name}\`${where === "" ? "" : ` ${where}`}: ${there}`);
  }
}

function valueOf(value: unknown, declared: string | readonly string[], name: string): number | ArrayLike<number> {
  const unit = typeof declared === "string" ? declared : (declared[0] ?? "1");
  const inUnit = unit === "1" ? "" : ` (${unit})`;
  if (typeof value === "string") {
    const read = readQuantity(value, unit);
    if (typeof read === "string") throw new RangeError(`\`${name}\`${inUnit} cannot be "${value}": ${read}; write a number${unit === "1" ? "" : ` in ${unit}, or one with a unit, "1.5 ${unit}"`}`);
    return read;
  }
  if (typeof value === "number" && Number.isFinite(value)) return value;
  const isList = typeof value === "object" && value !== null && "length" in value;
  if (isList && typeof declared === "string") throw new RangeError(`\`${name}\`${inUnit} is one number for all, not a list: only what differs between neurons in the model can be given one by one`);
  if (isList && Array.from(value as ArrayLike<unknown>).every((v) => typeof v === "number" && Number.isFinite(v))) return value as ArrayLike<number>;
  throw new RangeError(`\`${name}\`${inUnit} is ${isList ? "a list of finite numbers" : "a finite number"}, not ${isList ? "a list with something else in it" : String(value)}`);
}
