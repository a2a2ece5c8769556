// Inputs: the arrays that kernels read them from, and `drive`, which fills those that change with the time.
import { append } from "../base/lists.ts";
import type { Expr } from "../algebra/expression.ts";
import { present } from "../base/invariant.ts";
import { type InputPlan, type StimulusShape } from "../4-plan/plan.ts";
import { inputSymbol } from "../4-plan/symbols.ts";
import type { ShapeClock } from "../stimuli/shape.ts";
import { shapeValue, type NamedShape } from "../stimuli/shapes.ts";
import type { Code, Statement } from "./code.ts";
import {
  arrayOf,
  arrow,
  assign,
  at,
  binary,
  callOf,
  constant,
  float64,
  func,
  id,
  loop,
  num,
  objectOf,
  perform,
  str,
  ternary,
} from "./construct.ts";
import { codeMentions, mentions } from "./mentions.ts";
import type { PopulationEmitter } from "./population.ts";

export interface Driving {
  /** At creation: arrays, values that stay, steps at which stimuli change. */
  readonly creation: readonly Statement[];
  /** `function drive(tick)`, which also keeps those of the clocks that are read, and does `more`. */
  drive(clocks: readonly string[], more: readonly Statement[]): Statement;
  /** Times of the stimuli, which are rounded to the step. */
  readonly times: readonly Code[];
  /** Its part that fills inputs. */
  readonly timed: readonly Statement[];
}

export function drivingOf(e: PopulationEmitter): Driving {
  const creation: Statement[] = [];
  const timed: Statement[] = [];
  const times: Code[] = [];
  for (const input of e.plan.inputs) {
    const { array } = present(e.identifiers.input.get(inputSymbol(input.name)), input.name);
    creation.push({
      kind: "array",
      name: array,
      holds: "doubles",
      length: input.perNeuron ? "size" : 1,
      note: `${input.doc === "" ? input.name : input.doc} (${input.unit})`,
    });
    const shapes = input.shapes.map((shape) =>
      shapeCode(e, shape, creation, (name, time) =>
        times.push(
          typeof time === "string"
            ? timesCode(name, id(time))
            : timeCode(e, `${name} of \`${e.plan.name}.${input.name}\``, time),
        ),
      ),
    );
    const value = (): Statement[] => [
      ...shapes.map((code, k) =>
        constant(e.name(present(input.shapes[k], "shape").symbol, `${input.name.replace("~", "_")}_${k + 1}`), code),
      ),
      assign(at(array, input.perNeuron ? id("i") : num(0)), e.inline(input.stimulus)),
    ];
    const all = (): Statement[] => (input.perNeuron ? [loop("i", num(0), id("size"), value())] : value());
    if (input.timed) append(timed, all());
    else if (!isZero(input)) append(creation, all());
  }
  return {
    creation,
    times,
    timed,
    drive(clocks, more) {
      const body = [
        ...clocks.map((clock) =>
          assign(
            id(clock),
            callOf(e.runtime("timeOf"), clock === "t" ? id("tick") : binary("+", id("tick"), num(1)), id("dt")),
          ),
        ),
        ...timed,
        ...more,
      ];
      return func("drive", mentions(body, "tick") ? [{ name: "tick", type: "number" }] : [], "void", body);
    },
  };
}

/** An entry of a kernel's `times`: one time, or one for each neuron. */
export function timeCode(e: PopulationEmitter, what: string, time: Expr, { rounded = true, lasts = false } = {}): Code {
  return timesCode(
    what,
    e.variesByNeuron(time) ? arrow([{ name: "i", type: "number" }], e.inline(time)) : arrayOf([e.inline(time)]),
    { rounded, lasts },
  );
}

/** The same of times that stand in code. */
export function timesCode(what: string, times: Code, { rounded = true, lasts = false } = {}): Code {
  return objectOf([
    { name: "what", value: str(what) },
    { name: "times", value: times },
    { name: "rounded", value: { kind: "boolean", value: rounded } },
    { name: "lasts", value: { kind: "boolean", value: lasts } },
  ]);
}

function isZero(input: InputPlan): boolean {
  return input.stimulus.kind === "number" && input.stimulus.value === 0;
}

/** Points of `steps` that a chain of conditions picks from; more stand in a table. */
const LONGEST_CHAIN = 32;

/** The value of `steps` with many points: looked up in lists, of numbers where they are the same for all neurons and steps, of functions of the neuron elsewhere. */
function tableCode(
  e: PopulationEmitter,
  { times, values }: Extract<StimulusShape, { readonly shape: "steps" }>,
  creation: Statement[],
): Code {
  const list = (
    wanted: string,
    of: readonly Expr[],
    note: string,
  ): { readonly name: string; readonly perNeuron: boolean } => {
    const name = e.names.fresh(wanted);
    const codes = of.map((value) => e.inline(value));
    const perNeuron = of.some((value) => e.variesByNeuron(value));
    creation.push(
      constant(
        name,
        perNeuron
          ? arrayOf(codes.map((code) => arrow(codeMentions(code, "i") ? [{ name: "i", type: "number" }] : [], code)))
          : float64(codes),
        note,
      ),
    );
    return { name, perNeuron };
  };
  const begins = list("change_times", times, "ms");
  const held = list("held_values", values, "from these times on");
  if (!begins.perNeuron && times.some((time) => time.kind !== "number"))
    creation.push(perform(callOf(e.runtime("overtake"), id(begins.name))));
  if (!begins.perNeuron && !held.perNeuron)
    return callOf(e.runtime("sampleAt"), id(begins.name), id(held.name), id("tick"), id("dt"));
  const begun = begins.perNeuron
    ? callOf(e.runtime("begunFor"), id(begins.name), id("i"), id("tick"), id("dt"))
    : callOf(e.runtime("begunAt"), id(begins.name), id("tick"), id("dt"));
  return held.perNeuron
    ? callOf(e.runtime("valueFor"), id(held.name), begun, id("i"))
    : callOf(e.runtime("valueAt"), id(held.name), begun);
}

/** A part of a shape, or what is made of parts. */
interface Piece {
  readonly code: Code;
  /** Of a part as it is given. */
  readonly expr: Expr | null;
}

/** The clock that a shape's code goes by. */
function shapeCodes(
  e: PopulationEmitter,
  { parts }: NamedShape<Expr>,
  stepOf: (time: Expr, wanted: string, what: string, by?: "stepsIn" | "periodIn") => Code,
): ShapeClock<Piece> {
  const made = (code: Code): Piece => ({ code, expr: null });
  const joined =
    (operator: "+" | "-" | "*") =>
    (a: Piece, b: Piece): Piece =>
      made(binary(operator, a.code, b.code));
  const names = new Map([...parts].map(([name, expr]) => [expr, name]));
  const known = new Map<Expr, Code>();
  const step = ({ expr }: Piece, wanted: string, by?: "stepsIn" | "periodIn"): Code => {
    const time = present(expr, "time of a shape");
    const made = known.get(time) ?? stepOf(time, wanted, `\`${present(names.get(time), "part")}\``, by);
    known.set(time, made);
    return made;
  };
  const tick = id("tick");
  return {
    number: (value) => made(num(value)),
    plus: joined("+"),
    minus: joined("-"),
    times: joined("*"),
    sin: (angle) => made(callOf(e.runtime("sin"), angle.code)),
    t: made(id("t")),
    during(from, to, value) {
      const conditions = [
        ...(from === null ? [] : [binary(">=", tick, step(from, "begins"))]),
        ...(to === null ? [] : [binary("<", tick, step(to, "ends"))]),
      ];
      return conditions.length === 0
        ? value
        : made(
            ternary(
              conditions.reduce((a, b) => binary("&&", a, b)),
              value.code,
              num(0),
            ),
          );
    },
    repeated(from, every, width, value) {
      const since = from === null ? tick : binary("-", tick, step(from, "begins"));
      return made(
        ternary(
          binary("<", binary("%", since, step(every, "period", "periodIn")), step(width, "width")),
          value.code,
          num(0),
        ),
      );
    },
    along(from, to, before, inside, after) {
      const [begins, ends] = [step(from, "begins"), step(to, "ends")];
      const share = binary("/", binary("-", tick, begins), binary("-", ends, begins));
      return made(
        ternary(
          binary("<=", tick, begins),
          before.code,
          ternary(binary(">=", tick, ends), after.code, inside(made(share)).code),
        ),
      );
    },
  };
}

/** The value of a shape in step `n`; times become numbers of steps, once where they are the same for all neurons. */
function shapeCode(
  e: PopulationEmitter,
  shape: StimulusShape,
  creation: Statement[],
  note: (what: string, time: Expr | string) => void,
): Code {
  /** What a time is called at creation, and in messages. */
  const stepOf = (time: Expr, wanted: string, what: string, by: "stepsIn" | "periodIn" = "stepsIn"): Code => {
    note(what, time);
    const steps = callOf(e.runtime(by), e.inline(time), id("dt"));
    if (e.variesByNeuron(time)) return steps;
    const name = e.names.fresh(wanted);
    creation.push(constant(name, steps, "steps"));
    return id(name);
  };
  switch (shape.shape) {
    case "named":
      return shapeValue(shape, (expr): Piece => ({ code: e.inline(expr), expr }), shapeCodes(e, shape, stepOf)).code;
    case "steps": {
      if (shape.times.length > LONGEST_CHAIN) return tableCode(e, shape, creation);
      const steps = shape.times.map((time) => stepOf(time, "changes", "a time of the steps"));
      return steps.reduce<Code>(
        (before, step, k) =>
          ternary(binary(">=", id("tick"), step), e.inline(present(shape.values[k], "value")), before),
        num(0),
      );
    }
    case "samples": {
      const times = e.table("sample_times", shape.times, `ms; samples from ${shape.path}`);
      if (shape.each !== null) {
        const { first, size, columns } = shape.each;
        const rows = shape.times.flatMap((_, k) => columns.map((column) => column[k] ?? 0));
        const values = e.table("sample_rows", rows, "a row for each time, a value for each neuron");
        note(`a time in ${shape.path}`, times);
        if (size !== null)
          creation.push(perform(callOf(e.runtime("demandOneEach"), num(size), id("size"), str(e.plan.name))));
        const begun = callOf(e.runtime("begunIn"), id(times), id("tick"), id("dt"));
        return callOf(
          e.runtime("valueInRow"),
          id(values),
          begun,
          num(columns.length),
          binary("-", id("i"), num(first)),
        );
      }
      const values = e.table("sample_values", shape.values);
      note(`a time in ${shape.path}`, times);
      return callOf(e.runtime("sampleAt"), id(times), id(values), id("tick"), id("dt"));
    }
  }
}
