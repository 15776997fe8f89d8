import { permission as shape } from '../../schema/sources/permission.ts';
import { problems } from '../diagnostics/problem.ts';
import { add, choosing } from '../edit/fixes.ts';
import { permission } from './permission.ts';
import type { SourceMeaning } from './source.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html';

export const givenPermissionProblems = problems({
  'permission-for-nobody': {
    severity: 'error',
    message: () => 'This permission names neither a `principal` nor an `organization`.',
    why: 'A permission must be for someone: a service, an account, a role, or the members of an organization.',
    page: PAGE,
  },
  'permission-for-any-account': {
    severity: 'warning',
    message: ({ principal }: { principal: string }) => `\`${principal}\` may invoke the function on behalf of any account.`,
    why: 'A service acts for every AWS customer: without `sourceArn` or `sourceAccount`, someone else’s resource can make it invoke this function. This is the confused deputy problem.',
    fix: (_: unknown, place) => choosing(add(place, 'sourceAccount', '$(account)'), { title: 'Add `sourceArn`' }),
    page: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  },
});

/** A permission as Lambda knows it. https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html */
export const givenPermission: SourceMeaning<'permission'> = {
  model: shape.polling,
  pace: () => 'whoever has the permission invokes it',
  named: () => ({ name: 'permission', word: 'Source' }),

  verify({ settings, written, place }, _, report) {
    const { principal, organization, sourceArn, sourceAccount, eventToken } = settings.permission;
    if (principal === undefined && !organization) report(givenPermissionProblems['permission-for-nobody'], place, {});
    const service = principal !== undefined && /\.amazon(aws)?\.com(\.cn)?$/.test(principal);
    if (service && !sourceArn && !sourceAccount && !eventToken && !organization)
      report(givenPermissionProblems['permission-for-any-account'], written.at('permission').parts.get('principal')?.place ?? place, {
        principal,
      });
  },

  expand(source, context) {
    const { principal = '*', action, sourceArn, sourceAccount, eventToken, organization } = source.settings.permission;
    return [
      permission(source, {
        principal,
        action,
        ...(sourceArn && { source: context.text(sourceArn) }),
        ...(sourceAccount && { ofAccount: context.text(sourceAccount) }),
        ...(eventToken && { token: context.text(eventToken) }),
        ...(organization && { organization: context.text(organization) }),
        accepted: [{ rule: 'W9002', reason: 'The file names what exists already, outside of this stack.' }],
      }),
    ];
  },
};
