// An Allen Institute neuron as glif text: the equations of its level, its numbers, and an experiment to begin with.
import type { AllenNeuron } from "./allenNeuron.ts";
import { nearest, plus, sameValue, signOf, negated, written, type Exact } from "./exact.ts";

const LEVELS = ["LIF", "LIF-R", "LIF-ASC", "LIF-R-ASC", "LIF-R-ASC-A"];

/** A whole file. `path`: where the numbers come from, for its comment. */
export function allenText(neurons: readonly AllenNeuron[], path: string): string {
  const [first] = neurons;
  const title =
    neurons.length === 1 && first !== undefined
      ? `A cell of the Allen Cell Types Database: ${levelText(first)}.`
      : `${neurons.length} models of the Allen Cell Types Database.`;
  return `${HEADER(title, oneLine(path))}\n${neurons.map((neuron) => `\n${neuronText(neuron)}`).join("")}${neurons.map((neuron) => `\n${experimentText(neuron, neurons.length === 1)}`).join("")}`;
}

const HEADER = (title: string, path: string): string => `// ${title}
//
// Imported from ${path}.
//
// C. Teeter, R. Iyer, V. Menon et al., Generalized leaky integrate-and-fire models classify multiple neuron types,
// Nat. Commun. 9:709 (2018), doi:10.1038/s41467-017-02717-4: equations 1 to 7; what a spike does is as in AllenSDK.
//
// The file's numbers are in SI units, and its potentials relative to El_reference; here every potential is absolute. Numbers are the
// file's own with the point moved; what the file leaves to be computed (a coefficient times a value, 1/R_input, 1/asc_tau_array,
// spike_cut_length times dt) is computed exactly and rounded once.
//
// The spike cut: at a spike everything is set to its value at the END of the cut, and nothing moves until then. So δI and δΘ_s are
// amplitudes at the end of the cut, and what is left of earlier spikes has decayed over t_cut.`;

function levelText({ level }: AllenNeuron): string {
  return level === null ? "a mixture of the published levels" : `level ${level}, ${LEVELS[level - 1] ?? ""}`;
}

/** Text from outside inside a comment: nothing in it ends the line or misleads the eye. */
function oneLine(text: string): string {
  const plain = text.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, "?");
  return plain.length > 100 ? `…${plain.slice(-99)}` : plain;
}

// ---- the neuron

/** A declaration with its documentation. */
type Row = readonly [declaration: string, doc: string];

function neuronText(neuron: AllenNeuron): string {
  const { name, currents, reset, spikeThreshold, voltageThreshold } = neuron;
  const rest = restOf(neuron);
  const Θ = ["Θ_inf", ...(spikeThreshold === null ? [] : ["Θ_s"]), ...(voltageThreshold === null ? [] : ["Θ_v"])].join(
    " + ",
  );
  const kept = signOf(neuron.V0) === 0 ? rest : sum(rest, neuron.V0, "mV");
  const parts: readonly (readonly string[])[] = [
    padded([...parameters(neuron), ...thresholdParameters(neuron)]),
    currents === null ? [] : padded(currentParameters(currents)),
    padded([["input I_e : pA", "injected current"]]),
    padded([
      [`state V = ${kept}`, "membrane potential"],
      ...(currents === null
        ? []
        : [
            [
              `state I[j] = ${currents.initial.every((I) => signOf(I) === 0) ? "0" : list(currents.initial)} pA`,
              "after-spike currents",
            ] as const,
          ]),
      ...(spikeThreshold === null ? [] : [["state Θ_s = 0 mV", "rise of the threshold by past spikes"] as const]),
      ...(voltageThreshold === null
        ? []
        : [["state Θ_v = 0 mV", "rise of the threshold by the membrane potential"] as const]),
    ]),
    [
      "V' = (I_e - G*(V - E_L)) / C",
      ...(currents === null ? [] : ["I[j]' = -k[j]*I[j]", "I_e += sum(I)"]),
      ...(spikeThreshold === null ? [] : ["Θ_s' = -b_s*Θ_s"]),
      ...(voltageThreshold === null ? [] : ["Θ_v' = a_v*(V - E_L) - b_v*Θ_v"]),
    ],
    padded([[`let Θ = ${Θ}`, "spike threshold"]]),
    [
      "spike when V > Θ",
      "reset {",
      `  V <- ${reset === null ? rest : `${rest} + f_v*(V - ${rest}) - δV`}`,
      ...(currents === null ? [] : ["  I[j] <- f[j]*I[j]*exp(-k[j]*t_cut) + δI[j]"]),
      ...(spikeThreshold === null ? [] : ["  Θ_s <- Θ_s*exp(-b_s*t_cut) + δΘ_s"]),
      "}",
      "refractory t_cut { hold all }",
    ],
  ];
  const body = parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `  ${line}\n`).join(""))
    .join("\n");
  return `/// ${name}: ${levelText(neuron)} of Teeter et al. 2018.\nneuron ${name} {\n${body}}\n`;
}

/** Where V is put by a plain reset, and what fractions count from: El_reference, which is E_L in every published file. */
function restOf({ reference, E_L }: AllenNeuron): string {
  return sameValue(reference, E_L) ? "E_L" : "V_0";
}

function parameters(neuron: AllenNeuron): Row[] {
  const rest = restOf(neuron);
  return [
    [`param C = ${written(neuron.C)} pF`, "membrane capacitance"],
    [`param G = ${written(neuron.G)} nS`, "leak conductance"],
    [`param E_L = ${written(neuron.E_L)} mV`, "resting potential"],
    ...(rest === "E_L"
      ? []
      : [
          [
            `param V_0 = ${written(neuron.reference)} mV`,
            "reference of the other potentials, and where a spike leaves V",
          ] as const,
        ]),
    [`param Θ_inf = ${sum(rest, neuron.threshold, "mV")}`, "spike threshold, long after a spike"],
    [`param t_cut = ${written(neuron.cut)} ms`, "length of the spike cut: nothing moves for so long after a spike"],
    ...(neuron.reset === null
      ? []
      : ([
          [`param f_v = ${written(neuron.reset.a)}`, "fraction of its distance from rest that V keeps at a spike"],
          [`param δV = ${written(neuron.reset.δV)} mV`, "by how much V is then lowered"],
        ] as const)),
  ];
}

function thresholdParameters({ spikeThreshold, voltageThreshold }: AllenNeuron): Row[] {
  return [
    ...(spikeThreshold === null
      ? []
      : ([
          [`param b_s = ${written(spikeThreshold.b)} /s`, "decay rate of the threshold's rise by spikes"],
          [
            `param δΘ_s = ${written(spikeThreshold.amplitude)} mV`,
            "what a spike has added to it at the end of the cut",
          ],
        ] as const)),
    ...(voltageThreshold === null
      ? []
      : ([
          [`param a_v = ${written(voltageThreshold.a)} /s`, "how fast the threshold follows V"],
          [`param b_v = ${written(voltageThreshold.b)} /s`, "how fast it returns"],
        ] as const)),
  ];
}

function currentParameters({ k, fraction, amplitude }: NonNullable<AllenNeuron["currents"]>): Row[] {
  return [
    [`index j = 1..${k.length}`, ""],
    [`param k[j] = ${list(k)} /s`, "decay rates of the after-spike currents"],
    [`param f[j] = ${list(fraction)}`, "fraction of each that a spike leaves"],
    [`param δI[j] = ${list(amplitude)} pA`, "what a spike has added to each at the end of the cut"],
  ];
}

function list(values: readonly Exact[]): string {
  return `[${values.map(written).join(", ")}]`;
}

/** `E_L + 23.5 mV`, `E_L - 2 mV`. */
function sum(name: string, value: Exact, unit: string): string {
  return signOf(value) < 0 ? `${name} - ${written(negated(value))} ${unit}` : `${name} + ${written(value)} ${unit}`;
}

/** The values of parameters in one column, and documentation in another. */
function padded(declared: readonly Row[]): string[] {
  const nameOf = (declaration: string): string => /^param .*?(?= = )/.exec(declaration)?.[0] ?? "";
  const longest = Math.max(...declared.map(([declaration]) => [...nameOf(declaration)].length));
  const rows = declared.map(([declaration, doc]): Row => {
    const name = nameOf(declaration);
    return [
      name === "" ? declaration : name + " ".repeat(longest - [...name].length) + declaration.slice(name.length),
      doc,
    ];
  });
  const width = Math.max(...rows.filter(([, doc]) => doc !== "").map(([declaration]) => [...declaration].length));
  return rows.map(([declaration, doc]) =>
    doc === "" ? declaration : `${declaration}${" ".repeat(width - [...declaration].length)}   /// ${doc}`,
  );
}

// ---- the experiment

function experimentText(neuron: AllenNeuron, alone: boolean): string {
  const recorded = [
    "V",
    "Θ",
    ...(neuron.currents === null ? [] : ["I"]),
    ...(neuron.voltageThreshold === null ? [] : ["Θ_v"]),
  ];
  return `/// A current step, about twice what makes the cell fire. The step is the one of the fit.
experiment Step${alone ? "" : `_${neuron.name}`} of ${neuron.name} {
  duration 1 s
  step ${written(neuron.dt)} ms
  I_e = pulse(${amplitudeOf(neuron)} pA, from: 100 ms, to: 900 ms)
  record spikes
  record ${recorded.join(", ")}
}
`;
}

/** pA: twice the smallest constant current that reaches the threshold, to two digits. */
function amplitudeOf({ G, E_L, reference, threshold, voltageThreshold }: AllenNeuron): number {
  // With V constant the threshold comes to rest at a_v/b_v of it: where that is below 1, it is reached in the end.
  const [a, b] = voltageThreshold === null ? [0, 1] : [nearest(voltageThreshold.a), nearest(voltageThreshold.b)];
  const follows = b > 0 && a / b < 1 ? a / b : 0;
  const rheobase = (nearest(G) * nearest(plus(threshold, plus(reference, negated(E_L))))) / (1 - follows);
  const twice = Number((2 * rheobase).toPrecision(2));
  return twice > 0 && Number.isFinite(twice) ? twice : 100;
}
