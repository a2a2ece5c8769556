// Claim: a neuron_config.json of the Allen Cell Types Database becomes the model that its publishers mean, at all five levels, to the last digit of every number.
// C. Teeter et al., Nat. Commun. 9:709 (2018); the files are cell 637930677 as BMTK ships it, the spikes those of the closed form and of AllenSDK itself (test/reference).
import { describe, expect, test } from "vitest";
import { join } from "node:path";
import { sourceText } from "../../src/base/source.ts";
import { check } from "../../src/compile.ts";
import { catalogue } from "../../src/diagnostics/catalogue.ts";
import { importAllen, type AllenImport } from "../../src/exchange/allen.ts";
import { renderDiagnostics } from "../../src/render/terminal.ts";
import type { Simulation } from "../../src/runtime/index.ts";
import { planModel, planSource, reference, run, spikeTimes } from "../conformance/harness.ts";
import { expectSpikes, expectSpikesOnGrid, expectTrace, valuesAt } from "../conformance/glif/comparing.ts";

const LEVELS = [1, 2, 3, 4, 5];
const STEP = 0.05;

/** The neuron_config of a level, with changes. */
function config(level: number, changes: Readonly<Record<string, unknown>> = {}): Record<string, any> {
  return { ...reference(`glif${level}_allen_bmtk_637930677`).allen_neuron_config_SI, ...changes };
}

function imported(json: unknown, name: string | null = null, file = "neuron_config.json"): AllenImport {
  return importAllen(sourceText(file, typeof json === "string" ? json : JSON.stringify(json, null, 2)), name);
}

/** The text of a model without mistakes. */
function textOf(json: unknown, name: string | null = null): string {
  const { text, diagnostics } = imported(json, name);
  if (text === null) throw new Error(renderDiagnostics(diagnostics, { color: false }));
  return text;
}

/** The model of a level under the reference's stimulus. */
function simulated(level: number, precise: boolean, changes: Readonly<Record<string, unknown>> = {}): Simulation {
  const text = textOf(config(level, changes))
    .replace(/duration .*/, "duration 600 ms")
    .replace(/ {2}I_e = .*/, "  I_e = pulse(150 pA, from: 20 ms, to: 520 ms)")
    .replace(/ {2}step .*/, precise ? "$&\n  spikes precise" : "$&");
  return run(planSource("imported.glif", text, "Step"));
}

describe.each(LEVELS)("level %i", (level) => {
  const golden = reference(`glif${level}_allen_bmtk_637930677`);
  const exact: number[] = golden.reference.spike_times_continuous_ms;

  test("spikes located inside the step are the closed form's to 1e-6 ms, on the grid at most one step a spike later", () => {
    expect(exact.length).toBeGreaterThan(9);
    expectSpikes(spikeTimes(simulated(level, true)), exact, 1e-6);
    expectSpikesOnGrid(spikeTimes(simulated(level, false)), exact, STEP);
  });

  test("AllenSDK's own spikes are within the error of its forward Euler step", () => {
    const own: number[] = golden.reference.spike_times_ms;
    expectSpikes(
      spikeTimes(simulated(level, false)),
      own,
      golden.convergence.max_abs_diff_ms_vs_continuous["dt=0.05ms"] + own.length * STEP,
    );
  });

  test("V, Θ and the currents are the closed form's to 1e-9", () => {
    const simulation = simulated(level, true);
    const { t_ms, V_mV_rel, Theta_mV_rel, ASC_sum_pA } = golden.reference.trace_continuous;
    const above = (name: string): number[] => valuesAt(simulation, name, t_ms).map((v) => v + 71.39990234375);
    expectTrace(above("V"), V_mV_rel, 1e-9, "V");
    expectTrace(above("Θ"), Theta_mV_rel, 1e-9, "Θ");
    if (level < 3) return;
    const [slow, fast] = [valuesAt(simulation, "I[1]", t_ms), valuesAt(simulation, "I[2]", t_ms)];
    expectTrace(
      slow.map((i, k) => i + (fast[k] ?? NaN)),
      ASC_sum_pA,
      1e-9,
      "I",
    );
  });

  test("its parameters and states are those of models/teeter.glif, which was written by hand", () => {
    // Numbers there come by way of doubles in SI units, here from the file's text: they differ in the last place.
    const [mine, theirs] = [
      planSource("imported.glif", textOf(config(level)), "Step"),
      planModel("teeter", `Level${level}`),
    ].map((plan) => ({
      states: plan.populations[0]?.states.map((state) => state.name).sort(),
      parameters: run(plan, { steps: 0 }).populations[0]?.parameters ?? {},
    }));
    expect(mine?.states).toEqual(theirs?.states);
    expect(Object.keys(mine?.parameters ?? {}).sort()).toEqual(Object.keys(theirs?.parameters ?? {}).sort());
    expect(Object.keys(mine?.parameters ?? {}).length).toBeGreaterThan(4);
    for (const [name, value] of Object.entries(mine?.parameters ?? {})) {
      const [a, b] = [[value].flat(), [theirs?.parameters[name] ?? NaN].flat()];
      expect(a.length).toBe(b.length);
      a.forEach((x, k) =>
        expect(Math.abs(Number(x) - Number(b[k] ?? NaN)), `${name}: ${String(x)}, ${String(b[k])}`).toBeLessThanOrEqual(
          4 * 2 ** -53 * Math.abs(Number(x)),
        ),
      );
    }
  });
});

test("the text of a model", async () => {
  await expect(imported(config(5), "Cell637930677", "637930677_lif_r_asc_a.json").text).toMatchFileSnapshot(
    join(import.meta.dirname, "637930677_lif_r_asc_a.glif"),
  );
});

describe("numbers", () => {
  const value = (text: string, name: string): string => new RegExp(`param ${name} *= (.*?) *///`).exec(text)?.[1] ?? "";

  test("keep the digits of the file: only the point moves", () => {
    // 8.587009771685807e-11 * 1e12 is 85.87009771685807 or 85.87009771685808, according to who multiplies.
    const text = textOf(
      JSON.stringify(config(4))
        .replace(/"C":[^,]*/, '"C":8.587009771685807e-11')
        .replace(/"El_reference":[^,]*/, '"El_reference":-0.0710'),
    );
    expect([value(text, "C"), value(text, "E_L"), value(text, "δΘ_s"), value(text, "δV")]).toEqual([
      "85.87009771685807 pF",
      "-71 mV",
      "1.9193415026425237 mV",
      "-4.055590135223554 mV",
    ]);
  });

  test("products and quotients are rounded once: the coefficients multiply", () => {
    const text = textOf(
      config(5, {
        R_input: 3e8,
        C: 7e-11,
        th_inf: 0.03,
        coeffs: { C: 1.1, G: 0.9, th_inf: 0.7, a: 2, b: 0.5, asc_amp_array: [3, 0.1] },
      }),
    );
    // In doubles 0.03 * 0.7 * 1000 is 20.999999999999996, and 7e-11 * 1.1 * 1e12 is 77.00000000000001.
    expect([value(text, "C"), value(text, "G"), value(text, "Θ_inf")]).toEqual(["77 pF", "3 nS", "E_L + 21 mV"]);
    expect([value(text, "a_v"), value(text, "b_v")]).toEqual(["18.48864207524467 /s", "17.172233938570972 /s"]);
    expect(value(text, String.raw`δI\[j\]`)).toBe("[-221.50393100883426, -44.96828542736005] pA");
  });

  test("asc_tau_array gives rates; the cut is counted in samples of dt, whatever dt_multiplier is", () => {
    const text = textOf(config(3, { asc_tau_array: [0.1, 0.003], spike_cut_length: 41, dt: 5e-6, dt_multiplier: 10 }));
    expect([value(text, String.raw`k\[j\]`), value(text, "t_cut")]).toEqual(["[10, 333.3333333333333] /s", "0.205 ms"]);
    expect(text).toContain("step 0.005 ms");
  });

  test("initial values are taken over: init_threshold is none, since the threshold has no memory of it", () => {
    const text = textOf(config(4, { init_voltage: -0.002, init_threshold: 9, init_AScurrents: [1e-11, 0] }));
    expect(text).toContain("state V = E_L - 2 mV");
    expect(text).toContain("state I[j] = [10, 0] pA");
    expect(text).not.toContain("9000");
  });

  test("El moves the resting potential, not the potential that everything else is relative to", () => {
    const text = textOf(config(2, { El_reference: -0.07, El: 0.005 }));
    expect([value(text, "E_L"), value(text, "V_0")]).toEqual(["-65 mV", "-70 mV"]);
    expect(text).toContain("V <- V_0 + f_v*(V - V_0) - δV");
    expect(value(text, "Θ_inf")).toMatch(/^V_0 \+ /);
  });
});

describe("what else is in a file", () => {
  test("fields that a level does not use may be missing; coefficients are 1 and initial values 0", () => {
    const {
      AScurrent_dynamics_method,
      AScurrent_reset_method,
      voltage_dynamics_method,
      voltage_reset_method,
      threshold_dynamics_method,
      threshold_reset_method,
      El_reference,
      C,
      R_input,
      th_inf,
      spike_cut_length,
      dt,
    } = config(1);
    const bare = {
      AScurrent_dynamics_method,
      AScurrent_reset_method,
      voltage_dynamics_method,
      voltage_reset_method,
      threshold_dynamics_method,
      threshold_reset_method,
      El_reference,
      C,
      R_input,
      th_inf,
      spike_cut_length,
      dt,
    };
    expect(textOf(bare)).toContain("Θ_inf = E_L + 23.089253057717987 mV");
  });

  test("one number of r, and of a coefficient, stands for all after-spike currents, of which there may be any number", () => {
    const text = textOf(
      config(3, {
        asc_tau_array: [1, 0.1, 0.01],
        asc_amp_array: [1e-12, 2e-12, -3e-12],
        init_AScurrents: [0, 0, 0],
        coeffs: { asc_amp_array: 2 },
        AScurrent_reset_method: { name: "sum", params: { r: 0.5 } },
      }),
    );
    expect(text).toMatch(/index j = 1\.\.3\n.*\[1, 10, 100\] \/s.*\n.*\[0\.5, 0\.5, 0\.5\].*\n.*\[2, 4, -6\] pA/);
  });

  test("unusual fits are taken as they are: fractions above 1 and below 0, depolarising currents, a threshold that falls", () => {
    for (const a of [1.894, -0.094, 0])
      expect(textOf(config(4, { voltage_reset_method: { name: "v_before", params: { a, b: -0.01 } } }))).toContain(
        `f_v   = ${a} `,
      );
    expect(textOf(config(3, { asc_amp_array: [1.418e-9, 0] }))).toContain("[1418, 0] pA");
  });

  test("a mixture of methods that no level has is told as one", () => {
    const { neurons, text } = imported({ ...config(3), voltage_reset_method: config(2)["voltage_reset_method"] });
    expect(neurons.map((n) => [n.name, n.level])).toEqual([["GLIF", null]]);
    expect(text).toContain("a mixture of the published levels");
    expect(
      simulated(3, false, { voltage_reset_method: config(2)["voltage_reset_method"] }).spikes.length,
    ).toBeGreaterThan(10);
  });

  test("no spike cut at all", () => {
    expect(simulated(4, false, { spike_cut_length: 0 }).spikes.length).toBeGreaterThan(10);
  });

  test("several in a list or under keys become as many neurons and experiments", () => {
    const keyed = imported({ 566283950: config(1), "566-283 951": config(4), constructor: config(4) });
    expect(keyed.neurons.map((n) => n.name)).toEqual(["GLIF1_566283950", "GLIF4_566_283_951", "GLIF4_constructor"]);
    const listed = imported([config(4), config(4)], "Cell");
    expect(listed.neurons.map((n) => n.name)).toEqual(["Cell_1", "Cell_2"]);
    for (const { text } of [keyed, listed]) {
      const { program, diagnostics } = check(sourceText("several.glif", text ?? ""), {
        read: () => ({ problem: "" }),
        resolve: () => ({ problem: "" }),
      });
      expect([renderDiagnostics(diagnostics, { color: false }), program?.experiments.length]).toEqual([
        "",
        program?.neurons.length,
      ]);
    }
    expect(imported({ "a.b": config(1), "a b": config(1) }).neurons.map((n) => n.name)).toEqual([
      "GLIF1_a_b",
      "GLIF1_a_b_2",
    ]);
  });

  test("texts from outside never leave their comment or name", () => {
    const hostile = "x\n}\u2028neuron Evil { } */ `${process.exit()}` \u202E";
    const { text, neurons } = importAllen(
      sourceText(`${hostile}.json`, JSON.stringify({ [hostile]: config(3), [`"${hostile}`]: config(1) })),
      null,
    );
    const { program } = check(sourceText("hostile.glif", text ?? ""), {
      read: () => ({ problem: "" }),
      resolve: () => ({ problem: "" }),
    });
    expect(program?.neurons.map((n) => n.name)).toEqual(neurons.map((n) => n.name));
    expect(neurons.map((n) => n.name)).toEqual([
      "GLIF3_x_neuron_Evil_process_exit",
      "GLIF1_x_neuron_Evil_process_exit",
    ]);
    expect(text).not.toMatch(/^(?!(\/\/|\/\/\/|neuron|experiment|\}| {2}|$))/m);
    expect(text).not.toMatch(/[\u2028\u202E]/);
  });
});

describe("mistakes", () => {
  const told = new Set<string>();
  const complaints = (json: unknown): readonly string[] => {
    const { text, diagnostics } = imported(json);
    for (const d of diagnostics) told.add(d.code);
    expect(text === null).toBe(diagnostics.some((d) => d.severity === "error"));
    return diagnostics.map(
      (d) => `${d.code} ${d.primary.span.source.text.slice(d.primary.span.start, d.primary.span.end)}: ${d.message}`,
    );
  };
  const json = JSON.stringify(config(5));

  test.each([
    ["", "import/not-json : this is no JSON: there is nothing in it"],
    [json.slice(0, -1), "import/not-json : this is no JSON: expected `,` or `}`, but the text ends"],
    [`${json} x`, "import/not-json x: this is no JSON: there is more after its end"],
    [
      json.replace('"C":8', '"C":08'),
      "import/not-json 08.587009771685807e-11: this is no JSON: expected a value: a number, a text, true, false, null, { } or [ ]",
    ],
    [json.replace('"C":8.587009771685807e-11', '"C":NaN'), "import/not-json NaN: this is no JSON: NaN is no number"],
    [
      json.replace('"C":8.587009771685807e-11', '"C":-Infinity'),
      "import/not-json -Infinity: this is no JSON: -Infinity is no number",
    ],
    [
      json.replace('"C":', '"C":1,"C":'),
      'import/not-json "C": this is no JSON: the same name stands twice in one object',
    ],
    [json.replace('"C":', '"C\n":'), 'import/not-json ": this is no JSON: this text does not end on its line'],
    [json.replace('"C":', '"\\x":'), "import/not-json \\x: this is no JSON: there is no such escape"],
    [`${"[".repeat(100_000)}`, "import/not-json [: this is no JSON: it is nested deeper than 64"],
    [
      "neuron LIF { }",
      "import/not-json neuron: this is no JSON: expected a value: a number, a text, true, false, null, { } or [ ]",
    ],
    ["17", "import/not-a-neuron-config 17: this is no neuron_config: it is 17"],
    ["[]", "import/not-a-neuron-config [: this is no neuron_config: the list is empty"],
    ["{}", "import/not-a-neuron-config {: this is no neuron_config: the object is empty"],
    [
      JSON.stringify([{ sweep_number: 4, stimulus_name: "Noise 1", dt: 5e-6 }]),
      "import/not-a-neuron-config [: this is no neuron_config: it is a list of something else",
    ],
    [
      JSON.stringify([{ id: 1, neuronal_models: [] }]),
      "import/not-a-neuron-config [: this is no neuron_config: it lists models without their parameters",
    ],
    [
      JSON.stringify({ passive: [], fitting: [], conditions: [], genome: [] }),
      "import/not-a-neuron-config {: this is no neuron_config: it is the fit of a biophysical model",
    ],
    [
      JSON.stringify({ a: 1 }),
      "import/not-a-neuron-config {: this is no neuron_config: it has none of the fields th_inf, R_input, spike_cut_length, …",
    ],
  ])("of the text: %.40s", (text, message) => {
    expect(complaints(text)).toEqual([message]);
  });

  test.each([
    [{ C: undefined }, "import/missing-field {: `C` is missing: the membrane capacitance, a number in F"],
    [
      { El_reference: undefined },
      "import/missing-field {: `El_reference` is missing: the resting potential, a number in V",
    ],
    [{ C: "8e-11" }, 'import/wrong-type "8e-11": `C` must be the membrane capacitance, a number in F, but is a text'],
    [{ dt: null }, "import/wrong-type null: `dt` must be the time step, a number in s, but is null"],
    [{ R_input: -1 }, "import/out-of-range -1: `R_input` must be positive"],
    [{ C: 0 }, "import/out-of-range 0: `C` must be positive"],
    [{ spike_cut_length: 1.5 }, "import/out-of-range 1.5: `spike_cut_length` must be a whole number, 0 or more"],
    [{ spike_cut_length: -3 }, "import/out-of-range -3: `spike_cut_length` must be a whole number, 0 or more"],
    [{ asc_tau_array: [0.1, 0] }, "import/out-of-range 0: `asc_tau_array[1]` must be positive"],
    [{ asc_tau_array: [0.1, "x"] }, 'import/wrong-type "x": `asc_tau_array[1]` must be a number, but is a text'],
    [
      { asc_amp_array: [1e-12] },
      "import/wrong-type [1e-12]: `asc_amp_array` must be the amplitudes of the after-spike currents, a list of numbers in A, 2 of them, but is a list of 1",
    ],
    [{ coeffs: 3 }, "import/wrong-type 3: `coeffs` must be an object of factors, but is 3"],
    [{ coeffs: { G: [] } }, "import/wrong-type []: `coeffs.G` must be a factor, but is an empty list"],
    [
      { voltage_dynamics_method: { name: "linear_forward_eular", params: {} } },
      'import/unknown-method "linear_forward_eular": `voltage_dynamics_method` cannot be `linear_forward_eular`',
    ],
    [
      { threshold_reset_method: { name: "max_v_th", params: {} } },
      'import/unknown-method "max_v_th": `threshold_reset_method` cannot be `max_v_th`',
    ],
    [
      { voltage_reset_method: { params: {} } },
      "import/missing-field {: `voltage_reset_method.name` is missing: one of zero, v_before",
    ],
    [
      { voltage_reset_method: { name: "v_before", params: { a: 1 } } },
      "import/missing-field {: `voltage_reset_method.params.b` is missing: what is then added to V, a number in V",
    ],
    [
      { voltage_reset_method: { name: "v_before" } },
      "import/missing-field {: `voltage_reset_method.params` is missing: the parameters of v_before, an object",
    ],
    [
      { threshold_reset_method: { name: "inf", params: {} } },
      'import/methods-disagree {"name":"inf","params":{}}: `threshold_dynamics_method` and `threshold_reset_method` do not belong together: `three_components_exact` and `inf`; a threshold with components is reset by `three_components`, a fixed one by `inf`',
    ],
    [
      { threshold_reset_method: { name: "three_components", params: { a_spike: 0.001, b_spike: 5 } } },
      'import/methods-disagree {"name":"three_components","params":{"a_spike":0.001,"b_spike":5}}: `threshold_dynamics_method` and `threshold_reset_method` do not belong together: b_spike is 102.99935176846839 in one and 5 in the other',
    ],
    [
      { AScurrent_reset_method: { name: "none", params: {} } },
      'import/methods-disagree {"name":"none","params":{}}: `AScurrent_dynamics_method` and `AScurrent_reset_method` do not belong together: `exp` and `none`; it is `exp` with `sum`, or `none` with `none`',
    ],
    [{ coeffs: { c: 2 } }, 'import/unknown-coefficient "c": `coeffs.c` multiplies nothing'],
    [{ coeffs: { R_input: 2 } }, 'import/unknown-coefficient "R_input": `coeffs.R_input` multiplies nothing'],
    [
      { init_volatge: 0.01 },
      'import/unknown-field "init_volatge": `init_volatge` is left out: a neuron_config has no such field',
    ],
    [
      { voltage_dynamics_method: { name: "linear_forward_euler", params: {}, parms: {} } },
      'import/unknown-field "parms": `voltage_dynamics_method.parms` is left out: a neuron_config has no such field',
    ],
    [
      { voltage_reset_method: { name: "zero", params: { a_volt: 1 } } },
      'import/unknown-field "a_volt": `voltage_reset_method.params.a_volt` is left out: a neuron_config has no such field',
    ],
    [{ th_adapt: 0.1 }, "import/ignored-field 0.1: `th_adapt` is left out: no method uses it"],
    [
      {
        AScurrent_dynamics_method: { name: "none", params: {} },
        AScurrent_reset_method: { name: "none", params: {} },
        init_AScurrents: [1, 0],
      },
      "import/ignored-field [1,0]: `init_AScurrents` is left out: the model has no after-spike currents",
    ],
  ])("of a field: %j", (changes, message) => {
    expect(complaints(JSON.stringify(config(5, changes)))).toEqual([message]);
  });

  test("a number beyond all neurons", () => {
    expect(complaints(json.replace('"C":8.587009771685807e-11', `"C":1e999999999`))).toEqual([
      "import/out-of-range 1e999999999: `C` must be between 1e-60 and 1e60 in size",
    ]);
    expect(complaints(json.replace('"C":8.587009771685807e-11', `"C":0.${"0".repeat(1000)}1`))[0]).toMatch(
      /between 1e-60 and 1e60/,
    );
  });

  test("all of them at once", () => {
    expect(
      complaints(JSON.stringify(config(5, { C: -1, R_input: "x", dt: undefined, threshold_dynamics_method: 5 }))),
    ).toHaveLength(4);
  });

  test("every kind of the family occurs above", () => {
    expect(catalogue.map((k) => k.code).filter((c) => c.startsWith("import/") && !told.has(c))).toEqual([]);
  });
});
