import { builtIn, everySetting } from '../../schema/function.ts';
import type { FunctionMark, Settled, Shape } from '../../schema/kit.ts';
import { fieldsOf } from '../check/facet.ts';
import { Written } from '../check/written.ts';
import type { Report } from '../diagnostics/problem.ts';
import { layOver } from './lay-over.ts';
import type { Thing } from './model.ts';

/** A function as it was found in the file, its settings not yet laid over what surrounds it. */
export interface FoundFunction {
  readonly owner: Thing;
  readonly within: readonly string[];
  readonly path: string;
  readonly mark: FunctionMark;
  readonly own: Written;
  /** Settings of the thing it stands in, which hold for it. */
  readonly around: Written | undefined;
  /** What those who wake it settle. */
  readonly woken: Settled;
}

/** Finds every function a thing holds: wherever a shape says that an object is one and its handler is written. */
export function functionsIn(owner: Thing, shape: Shape, written: Written): readonly FoundFunction[] {
  const found: FoundFunction[] = [];
  const visit = (at: Shape, here: Written, within: readonly string[], path: string, around: Written | undefined): void => {
    if (typeof here.value !== 'object' || here.value === null) return;
    switch (at.form) {
      case 'object':
      case 'choice': {
        if (at.function && here.parts.has(at.function.handler))
          found.push({ owner, within, path, mark: at.function, own: here, around, woken: wokenBy(at, here) });
        const settles = at.form === 'object' && at.settlesBelow ? here : around;
        const kind = 'kind' in here.value && typeof here.value.kind === 'string' ? here.value.kind : undefined;
        const fields = at.form === 'object' ? at.fields : fieldsOf(at, kind);
        for (const [key, part] of here.parts) {
          const field = fields[key];
          if (field) visit(field, part, within, `${path}.${key}`, settles);
        }
        break;
      }
      case 'map':
        for (const [key, part] of here.parts) visit(at.value, part, [...within, key], `${path}.${key}`, around);
        break;
      default:
        break;
    }
  };
  visit(shape, written, [], owner.path, undefined);
  return found;
}

/** What the choices in a function’s lists settle for it; of two limits the smaller. */
function wokenBy(shape: Shape, written: Written): Settled {
  if (shape.form !== 'object') return {};
  let settled: Settled = {};
  for (const [key, part] of written.parts) {
    const field = shape.fields[key];
    if (field?.form !== 'list' || field.item.form !== 'choice') continue;
    for (const { value } of part.parts.values()) {
      const said = value as { readonly kind?: string } | undefined;
      const by = said?.kind === undefined ? undefined : field.item.variants[said.kind]?.settles?.({ ...said });
      if (by) settled = smaller(settled, by);
    }
  }
  return settled;
}

function smaller(one: Settled, other: Settled): Settled {
  const least = (key: 'memory' | 'timeout') => {
    const value = Math.min(one[key] ?? Infinity, other[key] ?? Infinity);
    return value < Infinity ? { [key]: value } : {};
  };
  return { ...one, ...other, ...least('memory'), ...least('timeout') };
}

/** The settings of a function: its own over those around it, over the system’s defaults, over what always holds. */
export function settle({ own, around, mark, woken }: FoundFunction, root: Written, report: Report): Written {
  const always = Object.entries({ ...builtIn, timeout: mark.timeout, ...woken }).map(
    ([key, value]) => [key, Written.leaf(value, own.place)] as const,
  );
  const environment = root.parts.get('environment');
  const bottom = Written.record(
    new Map<string, Written>([...always, ...(environment ? [['environment', environment] as const] : [])]),
    own.place,
  );
  let settled = bottom;
  for (const over of [root.parts.get('defaults'), around && only(around, inherited), own]) {
    settled = (over && layOver(everySetting, settled, only(over, known), { report })) ?? settled;
  }
  return settled.under(own.key);
}

const known = Object.keys(everySetting.fields);

/** What an API says with a function’s words and means for itself, its handlers do not inherit. */
const inherited = known.filter((key) => !['description', 'logs', 'tags', 'key'].includes(key));

/** Some of the settings; what is wrong elsewhere in what they stand in does not make them broken. */
function only(written: Written, keys: readonly string[]): Written {
  const parts = new Map([...written.parts].filter(([key]) => keys.includes(key)));
  return Written.record(parts, written.place);
}
