// Equations as papers set them: `\dot{V} = …`, `C \frac{dV}{dt} = \frac{a}{b}`, `∂V/∂t = …`.
import { LBrace, RBrace } from "../../../grammar/tokens.ts";
import { span } from "../../base/source.ts";
import { foreignForm } from "../../diagnostics/foreign.ts";
import { fix, onLine, reread } from "./scene.ts";
import type { Recogniser } from "./scene.ts";

const NAME = "[\\p{L}_][\\p{L}\\p{N}_]*";

/** The derivative on the left, of which the factor before it divides the right side. */
const EQUATION = new RegExp(
  `^(?:(?<c>${NAME})\\s*\\*?\\s*)?(?:\\\\dot\\s*(?:\\{\\s*(?<a>${NAME})\\s*\\}|(?<b>${NAME}))|\\\\[dt]?frac\\s*\\{\\s*d\\s*(?<d>${NAME})\\s*\\}\\s*\\{\\s*d\\s*t\\s*\\}|∂\\s*(?<e>${NAME})\\s*/\\s*∂\\s*t)\\s*=\\s*(?<f>.+)$`,
  "su",
);

/** At the beginning of a statement of a model. */
export const latex: Recogniser = (scene, i) => {
  const { tokens, source, declared } = scene;
  const first = tokens[i];
  if (first === undefined) return null;
  let [end, open] = [i, 0];
  for (; onLine(tokens[end], first); end++) {
    if (tokens[end]?.tokenType === LBrace) open++;
    if (tokens[end]?.tokenType === RBrace && --open < 0) break;
  }
  const last = tokens[end - 1];
  if (last === undefined) return null;
  // These begin no token.
  const start = first.startOffset - (/[\\∂]/u.test(source.text[first.startOffset - 1] ?? "") ? 1 : 0);
  const text = source.text.slice(start, last.endOffset + 1);
  if (!/[\\∂]/u.test(text)) return null;
  const { c, a, b, d, e, f = "" } = EQUATION.exec(named(text))?.groups ?? {};
  const x = a ?? b ?? d ?? e;
  const right = plain(f, declared);
  if (x === undefined || right === null) return null;
  const instead = `${x}' = ${c === undefined ? right : `(${right})/${c}`}`;
  const at = span(source, start, last.endOffset + 1);
  return {
    diagnostic: foreignForm(at, {
      written: text.length > 40 ? `${text.slice(0, 39)}…` : text,
      habit: "\\dot v",
      fixes: fix(`write \`${instead}\``, { span: at, newText: instead }),
    }),
    instead: reread(scene, i, end, instead),
    next: end,
  };
};

/** `V_{\mathrm{th}}` as `V_th` */
function named(text: string): string {
  return text.replace(/\\(?:mathrm|text|rm|mathit)\s*\{([^{}]*)\}/gu, "$1").replace(/_\{([\p{L}\p{N}_]+)\}/gu, "_$1");
}

/** An expression without its setting; null where some of it is not known. */
function plain(text: string, declared: ReadonlySet<string>): string | null {
  let now = text.replace(/\\(?:left|right)(?!\p{L})|\\[,;!]/gu, "").replace(/\\(?:cdot|times)(?!\p{L})/gu, "*");
  for (let before = ""; before !== now;) {
    before = now;
    now = now.replace(
      /\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/gu,
      (_all, above: string, below: string) => `(${above})/(${below})`,
    );
  }
  now = now.replace(/\\(\p{L}+)/gu, (_all, word: string) => {
    const letter = GREEK.get(word);
    return letter !== undefined && declared.has(letter) ? letter : word;
  });
  return /[\\{}]/u.test(now) ? null : now;
}

const GREEK: ReadonlyMap<string, string> = new Map(
  Object.entries({
    alpha: "α", beta: "β", gamma: "γ", delta: "δ", Delta: "Δ", epsilon: "ε", eta: "η", theta: "θ", Theta: "Θ", kappa: "κ", lambda: "λ", mu: "μ", nu: "ν", xi: "ξ",
    pi: "π", rho: "ρ", sigma: "σ", tau: "τ", phi: "φ", psi: "ψ", omega: "ω",
  }), // prettier-ignore
);
