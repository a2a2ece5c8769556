// What is measured: the same networks and populations in every system, 1 s each.

export interface Workload {
  /** As on the command line, and in the scripts of the other systems. */
  readonly name: string;
  readonly title: string;
  /** In models/. */
  readonly file: string;
  /** The first has the method of Brian2's script where glif has it; it is held to the promise. */
  readonly experiments: readonly { readonly name: string; readonly method: string }[];
  /** glif's simulation time is to be at most so many times that of Brian2's C++. */
  readonly promise: number;
  readonly neuron: boolean;
}

export const WORKLOADS: readonly Workload[] = [
  {
    name: "coba",
    title: "COBA: 4,000 neurons, conductances, 0.1 ms",
    file: "coba.glif",
    promise: 1.2,
    neuron: true,
    experiments: [
      { name: "CobaEuler", method: "Euler" },
      { name: "CobaAuto", method: "auto" },
    ],
  },
  {
    name: "cuba",
    title: "CUBA: 4,000 neurons, currents, 0.1 ms",
    file: "cuba.glif",
    promise: 1.2,
    neuron: false,
    experiments: [{ name: "CubaExact", method: "exact" }],
  },
  {
    name: "cobahh",
    title: "COBAHH: 4,000 Traub-Miles cells, 0.05 ms",
    file: "cobahh.glif",
    promise: 0.6,
    neuron: true,
    experiments: [{ name: "CobahhExponential", method: "exponential Euler" }],
  },
  {
    name: "glif_network",
    title: "GLIF network: 10,000 neurons, noise, 0.1 ms",
    file: "glif_network.glif",
    promise: 0.3,
    neuron: false,
    experiments: [
      { name: "GlifNetworkEuler", method: "Euler" },
      { name: "GlifNetwork", method: "exact" },
    ],
  },
  {
    name: "glif_population",
    title: "GLIF population: 100,000 neurons, 0.1 ms",
    file: "glif_population.glif",
    promise: 0.9,
    neuron: false,
    experiments: [{ name: "GlifPopulation", method: "exact" }],
  },
  {
    name: "traub_miles",
    title: "COBAHH without synapses, 0.05 ms",
    file: "traub_miles.glif",
    promise: 0.6,
    neuron: false,
    experiments: [{ name: "TraubMilesCells", method: "exponential Euler" }],
  },
];
