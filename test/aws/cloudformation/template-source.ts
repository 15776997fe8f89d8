import { templateAt } from '../machine/template-url.ts';
import { LIMITS } from '../template/check.ts';
import { text, truth } from '../tree.ts';
import { validationError, type Call } from '../wire.ts';
import type { Service } from './action.ts';

/** The text of the template a call brings: within it, in S3, or the one the stack has. */
export function templateText(call: Call, { cloud }: Service, previous?: string): string {
  const body = text(call.params, 'TemplateBody');
  const url = text(call.params, 'TemplateURL');
  const usePrevious = truth(call.params, 'UsePreviousTemplate') === true;
  if ([body !== undefined, url !== undefined, usePrevious].filter(Boolean).length !== 1)
    throw validationError('Either Template URL or Template Body must be specified.');
  if (body !== undefined && Buffer.byteLength(body) > LIMITS.inlineBytes)
    throw validationError(
      `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${LIMITS.inlineBytes}`,
    );
  if (body !== undefined) return body;
  return url === undefined ? (previous ?? '') : templateAt(cloud, url, call);
}
