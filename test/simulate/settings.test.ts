// What programs give when they create a simulation and what they ask of it: acts, or is refused with the names that there are.
import { expect, test } from "vitest";
import { planSource, run } from "../conformance/harness.ts";
import { canonicalUnit, canonicalValue, parseUnit, unitSymbols } from "../../src/quantities/unit.ts";
import { readQuantity } from "../../src/runtime/quantityText.ts";
import { instantiate, type CreateOptions } from "../../src/simulate/load.ts";

const TEXT = `
neuron LIF {
  param C = 100 pF, g = 1 mS/cm^2, τ = 10 ms, V_th = 15 mV
  input I : mV/ms
  state V = 0 mV
  V' = -V/τ + I + 0*C/(1 pF)*g/(1 mS/cm^2)*1 mV/ms
  spike when V > V_th
  reset { V <- 0 mV }
}
synapse Jump { weight w : mV = 1 mV; on pre { post.V <- post.V + w } }
network M {
  param n = 4, J = 1 mV
  population E = n LIF { τ = 10 ms + 1 ms*i }
  population F = 2 LIF
  connect E[0..n/2 - 1] -> E by Jump as exc { w = J*n } all allow self
}
experiment X of M { duration 20 ms; seed 1; param level = 2 mV/ms; E.I, F.I = level; record E.V }`;
const plan = planSource("settings.glif", TEXT, "X");
const create = (options: object) => () => instantiate(plan, options as CreateOptions);
const final = (options: object): number[] => {
  const simulation = instantiate(plan, options as CreateOptions);
  simulation.advance(200);
  return ["E", "F"].flatMap((p) => Array.from(simulation.population(p).states.find((s) => s.name === "V")?.values ?? []));
};

test.each([
  [{ parameters: { P: { tau: 1 } } }, "no population `P` to have parameters: there are `E`, `F`"],
  [{ parameters: { F: { tau: 1 } } }, "no parameter `tau` of `F`: there are `C`, `g`, `τ`, `V_th`"],
  [{ sizes: { P: 1 } }, "no population `P` to have a size: there are `E`, `F`"],
  [{ setup: { m: 1 } }, "no parameter `m` of the network, the experiment or a connection: there are `n`, `J`, `level`, `exc.w`"],
  [{ parameter: { F: {} } }, "no option `parameter`"],
  [{ parameters: { F: { τ: NaN } } }, "`F.τ` (ms) is a finite number, not NaN"],
  [{ parameters: { F: { τ: Infinity } } }, "`F.τ` (ms) is a finite number, not Infinity"],
  [{ parameters: { F: { τ: [1, 2] } } }, "`F.τ` (ms) is one number for all, not a list"],
  [{ parameters: { E: { τ: [1, 2, NaN, 4] } } }, "`E.τ` (ms) is a list of finite numbers"],
  [{ parameters: { E: { τ: [1, 2] } } }, "a list of 2 values was given for a parameter, and there is a neuron 2"],
  [{ parameters: { F: { τ: "5 mV" } } }, "`F.τ` (ms) cannot be \"5 mV\": `mV` is another kind of quantity; write a number in ms, or one with a unit, \"1.5 ms\""],
  [{ parameters: { F: { τ: "5" } } }, "it has no unit"],
  [{ parameters: { F: { τ: "fast" } } }, "it is no number with a unit"],
  [{ parameters: { F: { τ: "5 msec" } } }, "`msec` is no unit"],
  [{ setup: { level: "1 mV" } }, "`level` (mV/ms) cannot be \"1 mV\""],
  [{ sizes: { F: 1.5 } }, "population `F` has a whole number of neurons, 0 or more, not 1.5"],
  [{ sizes: { F: -1 } }, "population `F` has a whole number of neurons"],
  [{ setup: { n: 4.5 } }, "population `E` has a whole number of neurons, 0 or more, not 4.5"],
  [{ step: 0 }, "the step is a time in ms above 0, not 0"],
  [{ step: NaN }, "the step is a time in ms above 0, not NaN"],
  [{ seed: -1 }, "a seed is a whole number from 0 to 2^53 - 1, not -1"],
])("%j is refused: %s", (options, message) => {
  expect(create(options)).toThrow(message);
});

test("texts with units are the numbers that they say, to the last bit", () => {
  expect(final({ parameters: { F: { τ: "0.005 s", C: "0.2 nF", g: "15 S/m^2" } } })).toEqual(final({ parameters: { F: { τ: 5, C: 200, g: 15 } } }));
  expect(final({ setup: { level: "1.5 V/s" } })).toEqual(final({ setup: { level: 1.5 } }));
  expect(final({ parameters: { F: { τ: 5 } } })).not.toEqual(final({}));
});

test("the size of a population, its slices, weights and records follow the parameters that they are made of", () => {
  const simulation = instantiate(plan, { setup: { n: 8 } });
  expect(simulation.population("E").size).toBe(8);
  expect(simulation.projections[0]?.connections.count).toBe(32);
  expect(simulation.traces.length).toBe(8);
  const written = planSource("settings.glif", TEXT.replace("n = 4", "n = 8"), "X");
  simulation.advance(200);
  const expected = run(written);
  expect(Array.from(simulation.population("E").states[0]?.values ?? [])).toEqual(Array.from(expected.population("E").states[0]?.values ?? []));
  expect(instantiate(plan, { sizes: { E: 6 } }).traces.length).toBe(6);
});

test("a running simulation goes forwards by whole steps; its parameters are not written", () => {
  const simulation = instantiate(plan);
  for (const time of [-5, NaN, Infinity]) expect(() => simulation.run(time)).toThrow("a simulation runs for a time in ms, 0 or longer");
  for (const count of [-1, 0.5, NaN]) expect(() => simulation.advance(count)).toThrow("a whole number of steps");
  const parameters = simulation.population("F").parameters as Record<string, number>;
  expect(() => (parameters["τ"] = 1)).toThrow("parameters of 'F' are given when a simulation is created");
  expect(() => (parameters["tau"] = 1)).toThrow("parameters of 'F' are given");
  expect(parameters["τ"]).toBe(10);
  simulation.run(0);
  simulation.run(1);
  expect(simulation.steps).toBe(10);
});

test("programs read units as models do: all symbols, quotients, powers and roots", () => {
  const compound = ["mS/cm^2", "/ms", "1/ms", "pA*sqrt(ms)", "ms^(-1/2)", "mV/sqrt(ms)", "nS*mV/pF", "%", "1", "degC", "m^2/s^2", "kHz/mV", "µm^0.5", "mol/L/s"];
  for (const text of [...unitSymbols(), ...compound]) {
    const read = parseUnit(text);
    if (!("unit" in read)) throw new Error(text);
    const expected = canonicalValue("12.5", read.unit).value;
    const found = readQuantity(`12.5 ${text}`, canonicalUnit(read.unit.dimension).text);
    expect(typeof found, text).toBe("number");
    expect(Math.abs((found as number) / expected - 1), text).toBeLessThan(4e-16);
  }
  for (const text of ["mV/", "*mV", "mV mV", "cm2", "Mv", "toString", "mV^", "sqrt(mV", "degC/s", ""]) expect(typeof readQuantity(`1 ${text}`, "mV"), text).toBe("string");
});
