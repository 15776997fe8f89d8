import { address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { attribute, partition, ref, region, text, type Value } from '../cloud/value.ts';
import { apiAddress, stageAddress } from '../resources/api-addresses.ts';
import type { Context, Piece } from '../resources/meaning.ts';
import { tagList } from '../resources/tags.ts';
import type { Api } from './routes.ts';

const aclAddress = ({ name }: Api) => address('AWS::WAFv2::WebACL', { name, word: 'Api' }, 'Wall');

/** Which web application firewall stands before it: one that exists, one of its own, which a strict system makes, or none. */
export function wallOf({ settings }: Api, { model }: Context): 'said' | 'made' | 'none' {
  if (settings.waf) return settings.waf.segments[0] === 'none' ? 'none' : 'said';
  return model.strict ? 'made' : 'none';
}

/** WAF judges what reaches the stage. */
export function wafParts(api: Api, context: Context): readonly Part[] {
  const { waf } = api.settings;
  const wall = wallOf(api, context);
  if (wall === 'none') return [];
  const from = { because: api.written.parts.get('waf')?.key ?? api.place, path: `${api.path}.waf` };
  const acl: Piece = waf ? context.text(waf) : attribute(aclAddress(api), 'Arn');
  return [
    ...(wall === 'made' ? [resource(aclAddress(api), { ...wallFor(api), ...tagList(api.settings.tags, context) } as never, from)] : []),
    resource(
      address('AWS::WAFv2::WebACLAssociation', { name: api.name, word: 'Api' }, 'WebAcl'),
      {
        ResourceArn: text(
          'arn:',
          partition,
          ':apigateway:',
          region,
          '::/restapis/',
          ref(apiAddress(api)),
          '/stages/',
          ref(stageAddress(api)),
        ),
        WebACLArn: acl,
      },
      from,
    ),
  ];
}

const GROUPS = ['AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet'] as const;

/** AWS’s own groups of rules. https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html */
function wallFor({ name }: Api): { readonly [property: string]: Value } {
  const visible = (metric: string) => ({ CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: metric });
  return {
    Scope: 'REGIONAL',
    Description: `What may not reach the API ${name}`,
    DefaultAction: { Allow: {} },
    VisibilityConfig: visible(name),
    Rules: GROUPS.map((group, index) => ({
      Name: group,
      Priority: index,
      OverrideAction: { None: {} },
      Statement: {
        ManagedRuleGroupStatement: {
          VendorName: 'AWS',
          Name: group,
          // It refuses every body above 8 KB; API Gateway takes 10 MB, and a schema may say less.
          ...(index === 0 && { RuleActionOverrides: [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }] }),
        },
      },
      VisibilityConfig: visible(group),
    })),
  };
}
