import type { Role } from '../cloud/part.ts';
import { account } from '../cloud/value.ts';
import type { Context } from './meaning.ts';

/**
 * The condition of a trust for which a service documents none: only where the file asks for strict callers, since a
 * service that takes the role on without it would be refused. docs/verify.md keeps the list.
 */
export function undocumented({ model }: Context): Role['trust'] {
  return model.settings.roles?.strictCallers === true ? { StringEquals: { 'aws:SourceAccount': account } } : {};
}
