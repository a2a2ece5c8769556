// What a modeller is told of a step that is too long: at the equation, with a step and a method that would do.
import { present } from "../base/invariant.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { stepTooLong } from "../diagnostics/run.ts";
import type { StepFinding } from "./stepWatch.ts";

/** A method that is not bound to the step, null where none takes these equations. */
export function wayOf({ free, error }: StepFinding): string | null {
  return !free ? null : error === null ? "rosenbrock" : "rk45";
}

export function tooLongDiagnostic(finding: StepFinding): Diagnostic {
  const { place, group, state, time, timeConstant, step, enough, error } = finding;
  const { origin } = present(
    group.equations.find((e) => e.state === state),
    state,
  );
  return stepTooLong(origin, {
    state,
    place,
    time,
    step,
    timeConstant: Number(timeConstant.toPrecision(3)),
    enough,
    method: group.method,
    error,
    way: wayOf(finding),
  });
}
