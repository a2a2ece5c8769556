// What the planner refuses: methods that the equations do not admit, and spikes that cannot be located inside the step.
import { defineDiagnostic, type Label } from "./diagnostic.ts";

export const methodNotAdmitted = defineDiagnostic<{
  readonly method: string;
  readonly equation: string;
  readonly why: string;
  readonly methodAt: Label | null;
}>(
  "plan/method-not-admitted",
  "error",
  `A method asked for by name is used for every equation or not at all; glif never falls back on another one silently.
The exact propagator needs equations that are linear with constant coefficients, exponential Euler needs each equation to be linear in
its own variable, Runge-Kutta methods of order 4 and higher know no noise, and for noise multiplied by a state the Euler-Maruyama method
belongs to Itô's sense and Heun's to Stratonovich's. With \`method auto\` each group of equations gets the most exact method it admits.`,
  (f) => ({
    message: `method \`${f.method}\` cannot integrate \`${f.equation}\`: ${f.why}`,
    secondary: f.methodAt === null ? [] : [f.methodAt],
    help: [
      "leave `method` out (or write `method auto`) to let each group of equations have the most exact method it admits",
    ],
  }),
);

export const preciseNotPossible = defineDiagnostic<{
  readonly population: string;
  readonly why: string;
  /** What it is because of, in a network, and its own way out. */ readonly connection?: {
    readonly name: string;
    readonly help: readonly string[];
  };
}>(
  "plan/precise-not-possible",
  "error",
  `\`spikes precise\` locates each crossing inside the step by root finding on the solution between grid points. Where there is noise that
solution is not smooth, and a spike drawn with a rate has no crossing at all, so glif refuses rather than pretend. In a network spikes travel and arrive at
their exact times. There only neurons move: what connections give all the time, plasticity, and states that live at sources or single connections move from step to
step. And a spike cannot arrive in the step in which it is found: a delay between neurons is one step at least.`,
  (f) => ({
    message:
      f.connection === undefined
        ? `spikes of \`${f.population}\` cannot be located inside the step: ${f.why}`
        : `\`${f.connection.name}\` does not go with \`spikes precise\`: ${f.why}`,
    help: f.connection?.help ?? ["remove `spikes precise`; a smaller `step` narrows the grid"],
  }),
);

export const preciseFirstOrder = defineDiagnostic<{
  readonly population: string;
  readonly states: string;
  readonly method: string;
}>(
  "plan/precise-first-order",
  "warning",
  `\`spikes precise\` finds a crossing to the last digit of the solution between grid points. Where that solution comes from a method of order 1, halving the
step still halves the error of every spike time, whatever number of digits is printed. A linear neuron with one conductance is such a case under \`auto\`.`,
  (f) => ({
    message: `spikes of ${f.population} are located inside the step, but ${f.states} ${f.states.includes(" and ") ? "are" : "is"} integrated by ${f.method}, of order 1`,
    help: ["ask for `method rk4`, or for `method rk45`, whose error does not depend on the step"],
  }),
);

export const unstableStep = defineDiagnostic<{
  readonly state: string;
  readonly population: string;
  readonly stable: number;
  readonly step: number;
}>(
  "plan/unstable-step",
  "warning",
  `The explicit Euler method multiplies a decaying value by 1 - dt/τ in every step: above dt = 2τ it grows instead of decaying, above dt = τ it
changes sign in every step. The step is compared with the rates at the initial values.`,
  (f) => ({
    message: `\`${f.state}\` of \`${f.population}\` grows without bound under Euler's method: its step must stay below ${f.stable} ms, and is ${f.step} ms`,
    help: [`write \`step ${f.stable / 10} ms\`, or leave \`method\` out`],
  }),
);
