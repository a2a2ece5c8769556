// Foreign ways of writing inside expressions: which of them is looked for at which token.
import {
  And,
  AndSigns,
  Bang,
  Colon,
  Dot,
  DotDot,
  Equals,
  Identifier,
  If,
  LBrace,
  Less,
  LParen,
  LSquare,
  Minus,
  Noise,
  NumberLiteral,
  Percent,
  Question,
  RSquare,
  Slash,
  Star,
  StringLiteral,
  Tilde,
  Unit,
  UnknownUnit,
  Where,
} from "../../../grammar/tokens.ts";
import { atTime, cast, foreignCall, lambda, moduleName, named, noiseAsValue, withoutParentheses } from "./calls.ts";
import { exclamation } from "./comments.ts";
import { labelled } from "./comparisons.ts";
import { bracedCondition, cases, cCondition, notRefractory, pythonCondition } from "./conditions.ts";
import { constantFlag, declaredName, hyphened, note, subscript, valueBehindColon } from "./declarations.ts";
import { listArgument, listCalled, listOf, sumOver } from "./lists.ts";
import { argument, clamp, rule, slice } from "./networks.ts";
import { drawnInEvent, nextAssignment } from "./events.ts";
import {
  arrowed,
  continued,
  dashes,
  elementwise,
  fortran,
  fullStop,
  grouped,
  modulo,
  percent,
  product,
  unequal,
} from "./operators.ts";
import {
  decimalComma,
  digitFirst,
  listTimesUnit,
  numberSuffix,
  powerOfTen,
  timesPi,
  unitAlone,
  unitBehind,
  unitBelow,
  unitInWords,
  unitOfName,
} from "./quantities.ts";
import type { Finding, Scene } from "./scene.ts";

export function inExpression(scene: Scene, i: number): Finding | null {
  const type = scene.tokens[i]?.tokenType;
  for (const [first, recognise] of RECOGNISERS)
    if (first === type) {
      const found = recognise(scene, i);
      if (found !== null) return found;
    }
  return null;
}

const RECOGNISERS = [
  [Identifier, lambda], [Identifier, drawnInEvent], [Identifier, subscript], [Identifier, hyphened], [Identifier, labelled], [DotDot, continued], [StringLiteral, labelled], [Identifier, named], [Identifier, clamp], [Identifier, argument], [Identifier, rule], [If, rule], [Where, rule], [Identifier, listCalled], [Identifier, listArgument], [Identifier, sumOver], [Identifier, foreignCall], [Identifier, unitOfName], [Identifier, declaredName], [Unit, declaredName], [UnknownUnit, declaredName], [Identifier, modulo], [Identifier, withoutParentheses], [Identifier, cast], [Bang, exclamation], [Dot, fortran], [Identifier, product], [LParen, atTime], [LParen, constantFlag], [LParen, note], [LParen, product], [Colon, valueBehindColon],
  [LSquare, slice], [LSquare, listOf], [LParen, listOf], [LBrace, listOf], [LSquare, grouped], [LBrace, grouped], [Less, unequal], [Tilde, unequal], [If, bracedCondition], [Identifier, cases], [Dot, fullStop], [Minus, dashes], [Dot, elementwise], [Star, unitAlone], [Slash, unitAlone], [Noise, noiseAsValue], [Equals, arrowed],
  [If, notRefractory], [And, notRefractory], [AndSigns, notRefractory], [If, pythonCondition], [Question, cCondition], [NumberLiteral, digitFirst], [NumberLiteral, numberSuffix], [NumberLiteral, timesPi], [NumberLiteral, nextAssignment], [NumberLiteral, unitInWords], [NumberLiteral, powerOfTen], [NumberLiteral, unitBelow], [NumberLiteral, unitBehind], [NumberLiteral, decimalComma], [Percent, percent], [Identifier, moduleName], [RSquare, listTimesUnit],
] as const; // prettier-ignore
