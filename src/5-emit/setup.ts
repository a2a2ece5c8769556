// Parameters of the network and the experiment inside `create`: each a constant, then all of them as `setup` for the populations.
import type { Expr } from "../algebra/expression.ts";
import { interner } from "../algebra/intern.ts";
import { present } from "../base/invariant.ts";
import { type SimulationPlan } from "../4-plan/plan.ts";
import { setupSymbol } from "../4-plan/symbols.ts";
import type { Code, Statement } from "./code.ts";
import { binary, callOf, constant, field, givenField, id, num, objectOf, perform, str } from "./construct.ts";
import { inlineCode } from "./expressions.ts";
import type { ModuleNames } from "./moduleNames.ts";

export interface SetupCode {
  readonly statements: readonly Statement[];
  /** An expression of these parameters, after the statements. */
  code(e: Expr): Code;
}

export function setupCode(
  { setup, decisive }: Pick<SimulationPlan, "setup" | "decisive">,
  names: ModuleNames,
  runtime: (name: string) => string,
): SetupCode {
  const locals = new Map(setup.map((p) => [setupSymbol(p.name), names.fresh(p.name)]));
  const local = (symbol: string): string => present(locals.get(symbol), symbol);
  const code = (e: Expr): Code =>
    inlineCode(
      {
        leaf: (symbol) => ({ kind: "code", code: symbol === "#dt" ? id("dt") : id(local(symbol)) }),
        runtime,
        fresh: names.fresh,
        coefficientName: names.fresh,
        interner: interner(),
        lets: new Map(),
        coefficients: null,
        atCreation: () => num(NaN),
      },
      e,
    );
  const statements =
    setup.length === 0
      ? []
      : [
          constant("given", field(id("settings"), "setup")),
          ...setup.map((p) =>
            constant(
              local(setupSymbol(p.name)),
              binary(
                "??",
                givenField("given", p.name, runtime),
                p.value.kind === "expression" ? code(p.value.expression) : num(0),
              ),
              `${p.doc === "" ? p.name : p.doc} (${p.unit})`,
            ),
          ),
          ...setup
            .filter((p) => decisive.has(p.name))
            .map((p) =>
              perform(
                callOf(
                  runtime("decided"),
                  str(p.name),
                  id(local(setupSymbol(p.name))),
                  num(decisive.get(p.name) ?? NaN),
                ),
              ),
            ),
          constant("setup", objectOf(setup.map((p) => ({ name: p.name, value: id(local(setupSymbol(p.name))) })))),
        ];
  return { statements, code };
}
