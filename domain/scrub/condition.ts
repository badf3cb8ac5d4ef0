// The plain parts of a condition (and, or, not, comparisons of a fact with a fixed value) run without the CEL interpreter: same answers, a tenth of the time.
import type { ASTNode } from '@marcbachmann/cel-js';
import type { FactValue, Facts } from './facts.ts';

/** True, false, or the name of the fact that is not known and decides. */
type Truth = boolean | string;

type Condition = (facts: Facts) => Truth;

/**
 * A condition out of its checked syntax tree. What is not plain is handed to `interpret`.
 * As in CEL, what is not known does not matter where the other side of `&&` or `||` decides.
 */
export function conditionOf(node: ASTNode, interpret: (node: ASTNode) => Condition): Condition {
  switch (node.op) {
    case '&&': {
      const [one, other] = node.args.map((side) => conditionOf(side, interpret));
      return one === undefined || other === undefined ? interpret(node) : both(one, other);
    }
    case '||': {
      const [one, other] = node.args.map((side) => conditionOf(side, interpret));
      return one === undefined || other === undefined ? interpret(node) : either(one, other);
    }
    case '!_': {
      const inner = conditionOf(node.args, interpret);
      return (facts) => {
        const truth = inner(facts);
        return typeof truth === 'string' ? truth : !truth;
      };
    }
    case 'id':
      return fact(node.args);
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparison(node.op, node.args) ?? interpret(node);
    case 'in':
      return membership(node.args) ?? interpret(node);
    case 'call':
      return call(node.args) ?? interpret(node);
    default:
      return interpret(node);
  }
}

function both(one: Condition, other: Condition): Condition {
  return (facts) => {
    const first = one(facts);
    if (first === false) return false;
    const second = other(facts);
    return second === false || first === true ? second : first;
  };
}

function either(one: Condition, other: Condition): Condition {
  return (facts) => {
    const first = one(facts);
    if (first === true) return true;
    const second = other(facts);
    return second === true || first === false ? second : first;
  };
}

function fact(name: string): Condition {
  return (facts) => {
    const value = facts[name] ?? null;
    return value === null ? name : value === true;
  };
}

/** A fact by its name, or a value written out. */
type Operand = { readonly name: string } | { readonly value: string | number | boolean };

function operandOf(node: ASTNode): Operand | null {
  if (node.op === 'id') return { name: node.args };
  if (node.op !== 'value') return null;
  const value = node.args;
  if (typeof value === 'bigint') return { value: Number(value) };
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? { value } : null;
}

type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

const comparisons: Readonly<
  Record<Comparison, (one: string | number | boolean, other: string | number | boolean) => boolean>
> = {
  '==': (one, other) => one === other,
  '!=': (one, other) => one !== other,
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
};

function comparison(op: Comparison, [left, right]: readonly [ASTNode, ASTNode]): Condition | null {
  const [one, other] = [operandOf(left), operandOf(right)];
  if (one === null || other === null) return null;
  const compare = comparisons[op];
  return (facts) => {
    const first = 'name' in one ? single(facts[one.name]) : one.value;
    if (first === null) return 'name' in one ? one.name : false;
    const second = 'name' in other ? single(facts[other.name]) : other.value;
    if (second === null) return 'name' in other ? other.name : false;
    return compare(first, second);
  };
}

/** Lists are compared by CEL: here they never come, because CEL has checked the types. */
function single(value: FactValue | undefined): string | number | boolean | null {
  return value === undefined || typeof value === 'object' ? null : value;
}

function membership([left, right]: readonly [ASTNode, ASTNode]): Condition | null {
  const one = operandOf(left);
  if (one === null) return null;
  const fixed = right.op === 'list' ? textsOf(right.args) : null;
  if (fixed !== null && 'name' in one)
    return (facts) => {
      const value = single(facts[one.name]);
      return value === null ? one.name : fixed.has(String(value));
    };
  if (right.op !== 'id' || !('value' in one) || typeof one.value !== 'string') return null;
  const [name, wanted] = [right.args, one.value];
  return (facts) => {
    const list = facts[name] ?? null;
    return Array.isArray(list) ? list.includes(wanted) : name;
  };
}

function textsOf(nodes: readonly ASTNode[]): ReadonlySet<string> | null {
  const texts = nodes.flatMap((node) => (node.op === 'value' && typeof node.args === 'string' ? [node.args] : []));
  return texts.length === nodes.length ? new Set(texts) : null;
}

function call([name, args]: readonly [string, readonly ASTNode[]]): Condition | null {
  const [first, second] = args;
  if (first?.op !== 'id') return null;
  const fact = first.args;
  if (name === 'known') return (facts) => (facts[fact] ?? null) !== null;
  const wanted = name === 'hasAny' && second?.op === 'list' ? textsOf(second.args) : null;
  if (wanted === null) return null;
  return (facts) => {
    const list = facts[fact] ?? null;
    return Array.isArray(list) ? list.some((one: string) => wanted.has(one)) : fact;
  };
}

/** Functions of which every argument is read. */
const readers: readonly string[] = [
  'size',
  'hasAny',
  'addDays',
  'addYears',
  'daysBetween',
  'yearOf',
  'spoken',
  'string',
];
const methods: readonly string[] = ['matches', 'startsWith', 'endsWith', 'contains', 'size'];

/** The facts without which an expression comes to nothing; null: that depends on its values, or it has names of its own. */
export function factsIn(node: ASTNode): readonly string[] | null {
  switch (node.op) {
    case 'id':
      return [node.args];
    case 'value':
      return [];
    case '!_':
    case '-_':
      return factsIn(node.args);
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'in':
    case '+':
    case '-':
    case '*':
    case '/':
      return all(node.args);
    case 'list':
      return all(node.args);
    case 'call':
      return readers.includes(node.args[0]) ? all(node.args[1]) : null;
    case 'rcall':
      return methods.includes(node.args[0]) ? all([node.args[1], ...node.args[2]]) : null;
    default:
      return null;
  }
}

function all(nodes: readonly ASTNode[]): readonly string[] | null {
  const names: string[] = [];
  for (const node of nodes) {
    const inner = factsIn(node);
    if (inner === null) return null;
    names.push(...inner);
  }
  return names;
}
