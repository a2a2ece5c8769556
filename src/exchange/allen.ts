// The neuron_config.json of the Allen Cell Types Database -> a .glif model: Teeter et al., Nat. Commun. 9:709 (2018), in AllenSDK's own terms.
import { shortened } from "../base/shortWords.ts";
import type { SourceText } from "../base/source.ts";
import { nearNames } from "../base/nearNames.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import {
  ignoredField,
  methodsDisagree,
  notANeuronConfig,
  unknownCoefficient,
  unknownField,
  unknownImportMethod,
} from "../diagnostics/exchange.ts";
import type { AllenNeuron } from "./allenNeuron.ts";
import { allenText } from "./allenText.ts";
import { exact, negated, nearest, plus, reciprocal, sameValue, shifted, signOf, times, type Exact } from "./exact.ts";
import { fieldsOf, type Fields } from "./fields.ts";
import { describe, parseJson, type JsonObject, type JsonValue } from "./json.ts";

/** What a file of the Allen Cell Types Database has become: text of the language, and what was read from it. */
export interface AllenImport {
  /** Null where there is any error. */
  readonly text: string | null;
  readonly neurons: readonly AllenNeuron[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads one neuron_config, or several in a list or an object. `name`: of the neuron, or what the names of several begin with; without it they are
 * called after their level. Names must be names of the language, which the caller sees to.
 */
export function importAllen(source: SourceText, name: string | null): AllenImport {
  const parsed = parseJson(source);
  if ("problem" in parsed) return { text: null, neurons: [], diagnostics: [parsed.problem] };
  const configs = configsIn(parsed.value);
  if ("found" in configs)
    return { text: null, neurons: [], diagnostics: [notANeuronConfig(firstOf(parsed.value), configs)] };
  const told: Diagnostic[] = [];
  const neurons = configs.flatMap(({ key, config }): AllenNeuron[] => {
    const read = neuronOf(fieldsOf(config, "", told), told);
    if (read === null) return [];
    const own = [
      name ?? (read.level === null ? "GLIF" : `GLIF${read.level}`),
      ...(key === null || nameable(key) === "" ? [] : [nameable(key)]),
    ].join("_");
    return [{ ...read, name: own }];
  });
  const failed = told.some((d) => d.severity === "error");
  const distinct = distinctNames(neurons);
  return { text: failed ? null : allenText(distinct, source.path), neurons: failed ? [] : distinct, diagnostics: told };
}

// ---- which objects are configs

interface Config {
  /** The name it stands under among several. */
  readonly key: string | null;
  readonly config: JsonObject;
}

/** Fields that no other file of the Allen Institute has together. */
const MARKS = [
  "th_inf",
  "R_input",
  "spike_cut_length",
  "El_reference",
  "threshold_dynamics_method",
  "voltage_reset_method",
  "asc_amp_array",
];

function configOf(value: JsonValue): JsonObject | null {
  return value.kind === "object" && MARKS.filter((mark) => value.fields.has(mark)).length >= 2 ? value : null;
}

function configsIn(value: JsonValue): readonly Config[] | { readonly found: string } {
  if (value.kind === "list") {
    if (value.items.some(isDescription)) return { found: "it lists models without their parameters" };
    const own = value.items.map(configOf).filter((config) => config !== null);
    if (own.length > 0 && own.length === value.items.length)
      return own.map((config, k) => ({ key: own.length === 1 ? null : String(k + 1), config }));
    return { found: value.items.length === 0 ? "the list is empty" : "it is a list of something else" };
  }
  if (value.kind !== "object") return { found: `it is ${describe(value)}` };
  const alone = configOf(value);
  if (alone !== null) return [{ key: null, config: alone }];
  if (isDescription(value)) return { found: "it describes a model without its parameters" };
  const own = [...value.fields].flatMap(([key, field]): Config[] => {
    const config = configOf(field.value);
    return config === null ? [] : [{ key, config }];
  });
  if (own.length > 0 && own.length === value.fields.size) return own;
  if (value.fields.has("biophys") || value.fields.has("genome"))
    return { found: "it is the fit of a biophysical model" };
  return {
    found:
      value.fields.size === 0 ? "the object is empty" : `it has none of the fields ${MARKS.slice(0, 3).join(", ")}, …`,
  };
}

function isDescription(value: JsonValue): boolean {
  return (
    value.kind === "object" &&
    ["neuronal_models", "neuronal_model_template", "neuronal_model_template_id", "well_known_files"].some((mark) =>
      value.fields.has(mark),
    )
  );
}

function firstOf(value: JsonValue): JsonValue["span"] {
  return {
    ...value.span,
    end: value.kind === "object" || value.kind === "list" ? value.span.start + 1 : value.span.end,
  };
}

/** What of a key can stand inside a name. */
function nameable(key: string): string {
  return key
    .replaceAll(/[^A-Za-z0-9]+/g, "_")
    .replaceAll(/^_|_$/g, "")
    .slice(0, 60);
}

function distinctNames(neurons: readonly AllenNeuron[]): readonly AllenNeuron[] {
  const taken = new Set<string>();
  return neurons.map((neuron) => {
    let { name } = neuron;
    for (let k = 2; taken.has(name); k++) name = `${neuron.name}_${k}`;
    taken.add(name);
    return { ...neuron, name };
  });
}

// ---- one config

const METHODS = {
  AScurrent_dynamics_method: ["none", "exp"],
  AScurrent_reset_method: ["none", "sum"],
  voltage_dynamics_method: ["linear_forward_euler"],
  voltage_reset_method: ["zero", "v_before"],
  threshold_dynamics_method: ["inf", "spike_component", "three_components_exact"],
  threshold_reset_method: ["inf", "three_components"],
} as const;

const COEFFICIENTS = ["C", "G", "th_inf", "a", "b", "asc_amp_array"];
/** All that AllenSDK writes, also what no model follows from. */
const FIELDS = [
  "El_reference",
  "El",
  "C",
  "R_input",
  "th_inf",
  "th_adapt",
  "spike_cut_length",
  "dt",
  "dt_multiplier",
  "init_voltage",
  "init_threshold",
  "init_AScurrents",
  "asc_amp_array",
  "asc_tau_array",
  "coeffs",
  "type",
  "extrapolation_method_name",
  ...Object.keys(METHODS),
];
const PARAMETERS = ["a", "b", "r", "a_spike", "b_spike", "a_voltage", "b_voltage"];

/** Fields beyond those that are known; `path` comes before their names. */
function tellOthers(fields: Fields, path: string, known: readonly string[], told: Diagnostic[]): void {
  for (const { name, at } of fields.others(known))
    told.push(unknownField(at, { field: path + shortened(name, 60), near: nearNames(name.slice(0, 60), known) }));
}

function neuronOf(fields: Fields, told: Diagnostic[]): Omit<AllenNeuron, "name"> | null {
  const coeffs = fields.has("coeffs") ? fields.object("coeffs", "an object of factors") : null;
  for (const { name, at } of coeffs?.others(COEFFICIENTS) ?? [])
    told.push(
      unknownCoefficient(at, {
        name: shortened(name, 60),
        known: COEFFICIENTS,
        near: nearNames(name.slice(0, 60), COEFFICIENTS),
      }),
    );
  tellOthers(fields, "", FIELDS, told);
  const factor = (name: string): Exact | null => (coeffs?.has(name) === true ? coeffs.number(name, "a factor") : ONE);
  const method = <M extends keyof typeof METHODS>(name: M): Method<(typeof METHODS)[M][number]> | null =>
    methodOf(fields, name, METHODS[name], told);

  const reference = fields.number("El_reference", "the resting potential, a number in V");
  const El = fields.has("El")
    ? fields.number("El", "the resting potential relative to El_reference, a number in V")
    : ZERO;
  const capacitance = product(fields.number("C", "the membrane capacitance, a number in F", "positive"), factor("C"));
  const R = fields.number("R_input", "the input resistance, a number in Ω", "positive");
  const conductance = product(R === null ? null : reciprocal(R), factor("G"));
  const threshold = product(
    fields.number("th_inf", "the threshold relative to El_reference, a number in V"),
    factor("th_inf"),
  );
  const samples = fields.number("spike_cut_length", "the length of the spike cut, a number of samples", "whole");
  const dt = fields.number("dt", "the time step, a number in s", "positive");
  const V0 = fields.has("init_voltage")
    ? fields.number("init_voltage", "a number in V, relative to El_reference")
    : ZERO;

  method("voltage_dynamics_method");
  const currents = currentsOf(
    fields,
    coeffs,
    method("AScurrent_dynamics_method"),
    method("AScurrent_reset_method"),
    told,
  );
  const reset = resetOf(method("voltage_reset_method"));
  const components = thresholdOf(
    fields,
    factor,
    method("threshold_dynamics_method"),
    method("threshold_reset_method"),
    told,
  );
  if (fields.has("th_adapt"))
    told.push(ignoredField(fields.placeOf("th_adapt"), { field: "th_adapt", reason: "no method uses it" }));

  if (
    reference === null ||
    El === null ||
    capacitance === null ||
    conductance === null ||
    threshold === null ||
    samples === null ||
    dt === null ||
    V0 === null
  )
    return null;
  if (currents === undefined || reset === undefined || components === undefined) return null;
  return {
    level: levelOf(currents !== null, reset !== null, components.spike !== null, components.voltage !== null),
    C: shifted(capacitance, 12),
    G: shifted(conductance, 9),
    reference: shifted(reference, 3),
    E_L: shifted(plus(reference, El), 3),
    threshold: shifted(threshold, 3),
    cut: shifted(times(samples, dt), 3),
    V0: shifted(V0, 3),
    dt: shifted(dt, 3),
    currents,
    reset,
    spikeThreshold: components.spike,
    voltageThreshold: components.voltage,
  };
}

/** LIF, LIF-R, LIF-ASC, LIF-R-ASC, LIF-R-ASC-A. */
function levelOf(currents: boolean, reset: boolean, spike: boolean, voltage: boolean): number | null {
  if (reset !== spike) return null;
  if (voltage) return currents && reset ? 5 : null;
  return (currents ? 3 : 1) + (reset ? 1 : 0);
}

interface Method<Name extends string> {
  readonly field: string;
  readonly name: Name;
  readonly params: () => Fields | null;
}

function methodOf<Name extends string>(
  fields: Fields,
  field: string,
  known: readonly Name[],
  told: Diagnostic[],
): Method<Name> | null {
  const own = fields.object(field, "a method, an object with a name and params");
  const written = own?.text("name", `one of ${known.join(", ")}`) ?? null;
  if (own === null || written === null) return null;
  const name = known.find((k) => k === written.value);
  if (name === undefined) {
    told.push(
      unknownImportMethod(written.at, {
        field,
        name: shortened(written.value, 60),
        known,
        near: nearNames(written.value.slice(0, 60), known),
      }),
    );
    return null;
  }
  tellOthers(own, `${field}.`, ["name", "params"], told);
  const params = own.has("params") ? own.object("params", `the parameters of ${name}, an object`) : null;
  if (params !== null) tellOthers(params, `${field}.params.`, PARAMETERS, told);
  return { field, name, params: () => params ?? own.object("params", `the parameters of ${name}, an object`) };
}

/** Undefined where something is wrong, null where there are no after-spike currents. */
function currentsOf(
  fields: Fields,
  coeffs: Fields | null,
  dynamics: Method<"none" | "exp"> | null,
  reset: Method<"none" | "sum"> | null,
  told: Diagnostic[],
): AllenNeuron["currents"] | undefined {
  if (dynamics === null || reset === null) return undefined;
  if ((dynamics.name === "none") !== (reset.name === "none")) {
    told.push(
      methodsDisagree(fields.placeOf(reset.field), {
        one: dynamics.field,
        other: reset.field,
        reason: `\`${dynamics.name}\` and \`${reset.name}\`; it is \`exp\` with \`sum\`, or \`none\` with \`none\``,
      }),
    );
    return undefined;
  }
  if (dynamics.name === "none") {
    const initial = fields.has("init_AScurrents")
      ? fields.numbers("init_AScurrents", "a list of currents in A", null)
      : [];
    if (initial?.some((I) => signOf(I) !== 0) === true)
      told.push(
        ignoredField(fields.placeOf("init_AScurrents"), {
          field: "init_AScurrents",
          reason: "the model has no after-spike currents",
        }),
      );
    return initial === null ? undefined : null;
  }
  const τ = fields.numbers(
    "asc_tau_array",
    "the time constants of the after-spike currents, a list of numbers in s",
    null,
    "positive",
  );
  const count = τ?.length ?? null;
  const amplitude = fields.numbers(
    "asc_amp_array",
    "the amplitudes of the after-spike currents, a list of numbers in A",
    count,
  );
  const scale =
    coeffs?.has("asc_amp_array") === true && count !== null
      ? coeffs.numbers("asc_amp_array", "a list of factors", count)
      : (amplitude?.map(() => ONE) ?? null);
  const fraction =
    reset
      .params()
      ?.numbers("r", "the fractions of the after-spike currents that a spike leaves, a list of numbers", count) ?? null;
  const initial = fields.has("init_AScurrents")
    ? fields.numbers("init_AScurrents", "a list of currents in A", count)
    : (amplitude?.map(() => ZERO) ?? null);
  if (τ === null || amplitude === null || scale === null || fraction === null || initial === null) return undefined;
  if (τ.length === 0) {
    told.push(
      ignoredField(fields.placeOf(dynamics.field), {
        field: dynamics.field,
        reason: "asc_tau_array is empty, so there are no after-spike currents",
      }),
    );
    return null;
  }
  return {
    k: τ.map(reciprocal),
    fraction,
    amplitude: amplitude.map((I, j) => shifted(times(I, scale[j] ?? ONE), 12)),
    initial: initial.map((I) => shifted(I, 12)),
  };
}

function resetOf(method: Method<"zero" | "v_before"> | null): AllenNeuron["reset"] | undefined {
  if (method === null) return undefined;
  if (method.name === "zero") return null;
  const params = method.params();
  const a = params?.number("a", "the fraction of V that a spike leaves, a number") ?? null;
  const b = params?.number("b", "what is then added to V, a number in V") ?? null;
  return a === null || b === null ? undefined : { a, δV: shifted(negated(b), 3) };
}

interface Components {
  readonly spike: AllenNeuron["spikeThreshold"];
  readonly voltage: AllenNeuron["voltageThreshold"];
}

function thresholdOf(
  fields: Fields,
  factor: (name: string) => Exact | null,
  dynamics: Method<"inf" | "spike_component" | "three_components_exact"> | null,
  reset: Method<"inf" | "three_components"> | null,
  told: Diagnostic[],
): Components | undefined {
  if (dynamics === null || reset === null) return undefined;
  const disagree = (place: string, reason: string): undefined =>
    void told.push(methodsDisagree(fields.placeOf(place), { one: dynamics.field, other: reset.field, reason }));
  if ((dynamics.name === "inf") !== (reset.name === "inf"))
    return disagree(
      reset.field,
      `\`${dynamics.name}\` and \`${reset.name}\`; a threshold with components is reset by \`three_components\`, a fixed one by \`inf\``,
    );
  if (dynamics.name === "inf") return { spike: null, voltage: null };
  const [moving, atSpike] = [dynamics.params(), reset.params()];
  const RATE = "a decay rate, a number in 1/s";
  const b = moving?.number("b_spike", RATE) ?? null;
  const bAtSpike = atSpike?.number("b_spike", RATE) ?? null;
  const amplitude = atSpike?.number("a_spike", "the rise of the threshold by a spike, a number in V") ?? null;
  const follows = dynamics.name === "three_components_exact";
  const a_v = follows
    ? product(moving?.number("a_voltage", "how fast the threshold follows V, a number in 1/s") ?? null, factor("a"))
    : ZERO;
  const b_v = follows
    ? product(moving?.number("b_voltage", "how fast the threshold returns, a number in 1/s") ?? null, factor("b"))
    : ZERO;
  if (b === null || bAtSpike === null || amplitude === null || a_v === null || b_v === null) return undefined;
  if (!sameValue(b, bAtSpike))
    return disagree(reset.field, `b_spike is ${nearest(b)} in one and ${nearest(bAtSpike)} in the other`);
  return { spike: { amplitude: shifted(amplitude, 3), b }, voltage: follows ? { a: a_v, b: b_v } : null };
}

const ZERO = exact("0");
const ONE = exact("1");

function product(a: Exact | null, b: Exact | null): Exact | null {
  return a === null || b === null ? null : times(a, b);
}
