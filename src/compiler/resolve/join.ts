import { system } from '../../schema/system.ts';
import type { Config, PartConfig } from '../check/check.ts';
import { Written } from '../check/written.ts';
import type { Report } from '../diagnostics/problem.ts';
import { resolveProblems } from './problems.ts';

/** Joins included files to the main one, section by section; what two of them declare is reported at both places. */
export function join(main: Config, parts: readonly PartConfig[], report: Report): Written {
  return parts.reduce<Written>((joined, part) => both(joined, part, report), main);
}

function both(one: Written, other: Written, report: Report): Written {
  const sections = new Map(one.parts);
  for (const [section, written] of other.parts) {
    const earlier = sections.get(section);
    const form = system.fields[section as keyof typeof system.fields]?.form;
    if (!earlier) sections.set(section, written);
    else if (form === 'map') sections.set(section, entries(section, earlier, written, report));
    else if (form === 'list')
      sections.set(section, Written.list([...earlier.parts.values(), ...written.parts.values()], earlier.place).under(earlier.key));
    else twice(section, 'this system', earlier, written, report);
  }
  return Written.record(sections, one.place, one.broken || other.broken);
}

function entries(section: string, one: Written, other: Written, report: Report): Written {
  const joined = new Map(one.parts);
  for (const [name, written] of other.parts) {
    const earlier = joined.get(name);
    if (earlier) twice(name, `\`${section}\``, earlier, written, report);
    else joined.set(name, written);
  }
  const sorted = new Map([...joined].sort(([a], [b]) => (a < b ? -1 : 1)));
  return Written.record(sorted, one.place, one.broken || other.broken).under(one.key);
}

function twice(name: string, where: string, one: Written, other: Written, report: Report): void {
  report(resolveProblems['declared-twice'], other.key ?? other.place, { name, where, first: one.key ?? one.place }, [
    { message: 'It is declared here first.', place: one.key ?? one.place },
  ]);
}
