// What can be wrong with a model of another tool that is to be imported: the text, its fields, the methods it names.
import { defineDiagnostic } from "./diagnostic.ts";

export const notJson = defineDiagnostic<{ readonly problem: string; readonly help?: string }>(
  "import/not-json",
  "error",
  "What is imported is one JSON text in UTF-8: an object or a list, with double quotes around names and texts, without comments, and with numbers that are finite. Python writes NaN and Infinity for fits that failed; they are no JSON, and no model can be made of them.",
  ({ problem, help }) => ({ message: `this is no JSON: ${problem}`, help: help === undefined ? [] : [help] }),
);

export const notANeuronConfig = defineDiagnostic<{ readonly found: string }>(
  "import/not-a-neuron-config",
  "error",
  "`glif import allen` reads the file neuron_config.json of a GLIF model of the Allen Cell Types Database: one object with El_reference, C, R_input, th_inf, spike_cut_length, dt and six methods. Several of them may stand in a list, or in an object under names of their own, as AllenSDK's GlifApi.get_neuron_configs returns them. Descriptions of models, recordings and their sweeps are other files.",
  ({ found }) => ({
    message: `this is no neuron_config: ${found}`,
    help: [
      "download the neuron_config.json of a GLIF model: AllenSDK's GlifApi.get_neuron_configs([ID]), or the model's page at celltypes.brain-map.org",
    ],
  }),
);

export const missingField = defineDiagnostic<{ readonly field: string; readonly expected: string }>(
  "import/missing-field",
  "error",
  "A field without which the model means nothing is not there. Only coeffs, init_voltage, init_AScurrents and what the model's methods do not use may be left out: coefficients are 1 then, and initial values 0.",
  ({ field, expected }) => ({ message: `\`${field}\` is missing: ${expected}` }),
);

export const wrongType = defineDiagnostic<{
  readonly field: string;
  readonly expected: string;
  readonly found: string;
}>(
  "import/wrong-type",
  "error",
  "Quantities are numbers in SI units (V, F, Ω, A, s), those of after-spike currents are lists of numbers of one length, and each method is an object with a name and params.",
  ({ field, expected, found }) => ({ message: `\`${field}\` must be ${expected}, but is ${found}` }),
);

export const fieldOutOfRange = defineDiagnostic<{ readonly field: string; readonly rule: string }>(
  "import/out-of-range",
  "error",
  "Capacitances, resistances, time constants and time steps are positive; the spike cut is a whole number of samples, 0 or more; and no quantity lies outside of 1e-60 to 1e60 of its SI unit. Everything else is taken as it is, however unusual: reset fractions above 1, depolarising after-spike currents, negative thresholds.",
  ({ field, rule }) => ({ message: `\`${field}\` must be ${rule}` }),
);

export const unknownImportMethod = defineDiagnostic<{
  readonly field: string;
  readonly name: string;
  readonly known: readonly string[];
  readonly near: readonly string[];
}>(
  "import/unknown-method",
  "error",
  "The methods are those of AllenSDK's allensdk.model.glif. With them all five published levels can be said; early, unpublished versions had others (max_v_th, piecewise_linear, …), which are no part of Teeter et al. 2018.",
  ({ field, name, known, near }) => ({
    message: `\`${field}\` cannot be \`${name}\``,
    help: [
      near.length > 0
        ? `did you mean ${near.join(" or ")}?`
        : `it is ${known.length === 1 ? (known[0] ?? "") : `one of ${known.join(", ")}`}`,
    ],
  }),
);

export const methodsDisagree = defineDiagnostic<{
  readonly one: string;
  readonly other: string;
  readonly reason: string;
}>(
  "import/methods-disagree",
  "error",
  "What moves between spikes and what a spike does to it belong together: after-spike currents have the dynamics `exp` and the reset `sum`, or both are `none`; a threshold with components is reset by `three_components`, with the same b_spike, a fixed one by `inf`. AllenSDK itself stops at the first spike of most other combinations.",
  ({ one, other, reason }) => ({ message: `\`${one}\` and \`${other}\` do not belong together: ${reason}` }),
);

export const unknownCoefficient = defineDiagnostic<{
  readonly name: string;
  readonly known: readonly string[];
  readonly near: readonly string[];
}>(
  "import/unknown-coefficient",
  "error",
  "Each number in coeffs multiplies a quantity of the model: C, G, th_inf, a, b (of the threshold), asc_amp_array. A factor under another name would multiply nothing, and the model would be another cell.",
  ({ name, known, near }) => ({
    message: `\`coeffs.${name}\` multiplies nothing`,
    help: [near.length > 0 ? `did you mean ${near.join(" or ")}?` : `the coefficients are ${known.join(", ")}`],
  }),
);

export const unknownField = defineDiagnostic<{ readonly field: string; readonly near: readonly string[] }>(
  "import/unknown-field",
  "warning",
  "AllenSDK's GLIF models have no field of this name, so that nothing of the imported model follows from it. Fields that may be left out are the ones to look at: a misspelt init_voltage is an initial value of 0.",
  ({ field, near }) => ({
    message: `\`${field}\` is left out: a neuron_config has no such field`,
    help: near.length > 0 ? [`did you mean ${near.join(" or ")}?`] : [],
  }),
);

export const ignoredField = defineDiagnostic<{ readonly field: string; readonly reason: string }>(
  "import/ignored-field",
  "warning",
  "The field is not used by the methods that the model names, so AllenSDK leaves it out too; what it says is not in the imported model.",
  ({ field, reason }) => ({ message: `\`${field}\` is left out: ${reason}` }),
);

export const notExpressible = defineDiagnostic<{
  readonly target: string;
  readonly what: string;
  readonly because: string;
  readonly help: readonly string[];
}>(
  "export/not-expressible",
  "error",
  "A simulator that a model is exported to cannot say everything that the language says. What it would only come near to in silence is refused, with the reason and a way out; what it says in its own way is told as `export/nearly`. The reference has a table of what each target takes.",
  ({ target, what, because, help }) => ({ message: `${target} cannot take ${what}: ${because}`, help }),
);

export const exportedNearly = defineDiagnostic<{ readonly target: string; readonly what: string }>(
  "export/nearly",
  "warning",
  "The exported model is not the same as what glif runs in this respect: another method of integration, another stream of random numbers, something that is left out. The head of the exported file says so, too. For some of it there is `--exact`, which exports what glif has made and the steps that glif takes.",
  ({ target, what }) => ({ message: `not the same in ${target}: ${what}` }),
);
