// What a program gives when it creates a simulation: known names and finite numbers, or an error that names what there is; texts with units become numbers.
import { readQuantity } from "./quantityText.ts";
import { UsageError } from "./usageError.ts";

/** What can be set of a model: canonical units by population and parameter (in brackets where neurons may differ), and those of the network's and the experiment's parameters. */
export interface Settable {
  readonly parameters: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  readonly setup: Readonly<Record<string, string>>;
  /** What has its value elsewhere: `E.V` a state, `E.I_e` an input that stays as it is or one that a stimulus drives, `exc.delay` a delay. */
  readonly elsewhere: Readonly<Record<string, "state" | "input" | "stimulus" | "delay">>;
}

/** The same without texts. */
export type Numbers<T> = { [K in keyof T]: Exclude<T[K], string> };

export interface Settings<P, S, Z> {
  readonly parameters: { readonly [K in keyof P]: Numbers<P[K]> };
  readonly setup: Numbers<S>;
  readonly sizes: Z;
}

/** What a simulation can be created with. */
export const CREATE_OPTIONS: readonly string[] = [
  "step",
  "seed",
  "parameters",
  "setup",
  "sizes",
  "memoryLimit",
  "progress",
];

/** @throws UsageError for a name that is not there, and for what is no number, or no quantity of its kind */
export function settingsOf<P extends object, S extends object, Z extends object>(
  options: {
    readonly step?: number;
    readonly seed?: number;
    readonly parameters?: P;
    readonly setup?: S;
    readonly sizes?: Z;
  },
  settable: Settable,
): Settings<P, S, Z> {
  demandNames(options, CREATE_OPTIONS, "option");
  const { step, seed, parameters = {}, setup = {}, sizes = {} } = options;
  if (step !== undefined && !(step > 0 && step < Infinity))
    throw new UsageError(`the step is a time in ms above 0, not ${shownValue(step)}`);
  if (seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0))
    throw new UsageError(`a seed is a whole number from 0 to 2^53 - 1, not ${shownValue(seed)}`);
  const populations = Object.keys(settable.parameters);
  demandNames(parameters, populations, "population", "to have parameters");
  demandNames(sizes, populations, "population", "to have a size");
  for (const [name, size] of Object.entries(sizes)) populationSize(name, size as number);
  const read = (given: object, units: Readonly<Record<string, string | readonly string[]>>, of: string): object =>
    Object.fromEntries(
      Object.entries(given)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, valueOf(value, units[name] ?? "1", `${of}${name}`)]),
    );
  for (const [name, given] of Object.entries(parameters))
    demandNames(given as object, Object.keys(settable.parameters[name] ?? {}), "parameter", `of \`${name}\``, (p) =>
      elsewhere(`${name}.${p}`, settable),
    );
  demandNames(setup, Object.keys(settable.setup), "parameter", "of the network, the experiment or a connection", (p) =>
    elsewhere(p, settable),
  );
  return {
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, given]) => [
        name,
        read(given ?? {}, settable.parameters[name] ?? {}, `${name}.`),
      ]),
    ),
    setup: read(setup, settable.setup, ""),
    sizes,
  } as Settings<P, S, Z>;
}

/** The number of neurons of a population. */
export function populationSize(name: string, size: number): number {
  if (Number.isSafeInteger(size) && size >= 0) return size;
  throw new UsageError(`population \`${name}\` has a whole number of neurons, 0 or more, not ${shownValue(size)}`);
}

/** A number, or a text that could be taken for one, as somebody gave it. */
function shownValue(value: unknown): string {
  return typeof value === "string" ? `the text "${value}": give a number` : String(value);
}

/** Where that is given a value which no parameter is; empty for a name that there is not. */
function elsewhere(name: string, { elsewhere: known }: Settable): string {
  const kind = Object.hasOwn(known, name) ? known[name] : undefined;
  if (kind === undefined) return "";
  const [population = "", ...rest] = name.split(".");
  const compiled = `given where the model is compiled: in its file, or by \`compile(source, host, name, ["${name} = …"])\``;
  if (kind === "state") return `; \`${name}\` is a state: its initial value is ${compiled}`;
  if (kind === "delay") return `; delays are ${compiled}`;
  const written =
    kind === "input" ? `, or written to \`simulation.population("${population}").inputs["${rest.join(".")}"]\`` : "";
  return `; \`${name}\` is an input: ${compiled}${written}`;
}

/** @throws UsageError for a name that is not among the known ones; `hint` may say of it what to do instead */
export function demandNames(
  given: object,
  known: readonly string[],
  kind: string,
  where = "",
  hint: (name: string) => string = () => "",
): void {
  if (typeof given !== "object" || given === null)
    throw new UsageError(
      `${kind}s ${where === "" ? "" : `${where} `}are given as an object with their names, not as ${shownValue(given)}`,
    );
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const there =
      known.length === 0
        ? "there are none"
        : known.length === 1
          ? `there is \`${known[0] ?? ""}\``
          : `there are ${known.map((k) => `\`${k}\``).join(", ")}`;
    throw new UsageError(`no ${kind} \`${name}\`${where === "" ? "" : ` ${where}`}: ${there}${hint(name)}`);
  }
}

function valueOf(value: unknown, declared: string | readonly string[], name: string): number | ArrayLike<number> {
  const unit = typeof declared === "string" ? declared : (declared[0] ?? "1");
  const inUnit = unit === "1" ? "" : ` (${unit})`;
  if (typeof value === "string") {
    const read = readQuantity(value, unit);
    if (typeof read === "string")
      throw new UsageError(
        `\`${name}\`${inUnit} cannot be "${value}": ${read}; write a number${unit === "1" ? "" : ` in ${unit}, or one with a unit, "1.5 ${unit}"`}`,
      );
    return read;
  }
  if (typeof value === "number" && Number.isFinite(value)) return value;
  const isList = typeof value === "object" && value !== null && "length" in value;
  if (isList && typeof declared === "string")
    throw new UsageError(
      `\`${name}\`${inUnit} is one number for all, not a list: only what differs between neurons in the model can be given one by one`,
    );
  if (isList && Array.from(value as ArrayLike<unknown>).every((v) => typeof v === "number" && Number.isFinite(v)))
    return value as ArrayLike<number>;
  throw new UsageError(
    `\`${name}\`${inUnit} is ${isList ? "a list of finite numbers" : "a finite number"}, not ${isList ? "a list with something else in it" : String(value)}`,
  );
}
