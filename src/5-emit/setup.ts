// Parameters of the network and the experiment inside `create`: each a constant, then all of them as `setup` for the populations.
import { interner } from "../algebra/intern.ts";
import { present } from "../base/invariant.ts";
import { setupSymbol, type ParameterPlan, type SimulationPlan } from "../4-plan/plan.ts";
import type { Statement } from "./code.ts";
import { binary, callOf, constant, field, givenField, id, num, objectOf, perform, str } from "./construct.ts";
import { block } from "./expressions.ts";
import type { ModuleNames } from "./moduleNames.ts";

export function setupStatements({ setup, decisive }: Pick<SimulationPlan, "setup" | "decisive">, names: ModuleNames, runtime: (name: string) => string): Statement[] {
  const locals = new Map(setup.map((p) => [setupSymbol(p.name), names.fresh(p.name)]));
  const local = (p: ParameterPlan): string => present(locals.get(setupSymbol(p.name)), p.name);
  const given = binary("??", field(id("options"), "setup"), objectOf([]));
  if (setup.length === 0) return [];
  return [
    constant("given", given),
    ...setup.map((p) => {
      const code = block(
        {
          leaf: (symbol) => ({ kind: "code", code: symbol === "#dt" ? id("dt") : id(present(locals.get(symbol), symbol)) }),
          runtime,
          fresh: names.fresh,
          coefficientName: names.fresh,
          interner: interner(),
          lets: new Map(),
          coefficients: null,
          atCreation: () => num(NaN),
        },
        [],
      );
      return constant(local(p), binary("??", givenField("given", p.name, runtime), p.value.kind === "expression" ? code.code(p.value.expression) : num(0)), `${p.doc === "" ? p.name : p.doc} (${p.unit})`);
    }),
    ...setup.filter((p) => decisive.has(p.name)).map((p) => perform(callOf(runtime("decided"), str(p.name), id(local(p)), num(decisive.get(p.name) ?? NaN)))),
    constant("setup", objectOf(setup.map((p) => ({ name: p.name, value: id(local(p)) })))),
  ];
}
