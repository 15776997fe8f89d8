import { capabilitiesOf } from '../template/capabilities.ts';
import { checked } from '../template/check.ts';
import type { Template } from '../template/template.ts';
import { described } from '../template/types.ts';
import { text, type Tree } from '../tree.ts';
import { validationError, type Call } from '../wire.ts';
import { bracketed, stackOf, type Action, type Service } from './action.ts';
import { changeSetOf } from './change-sets.ts';
import { templateText } from './template-source.ts';

const declared = (template: Template): readonly Tree[] =>
  Object.entries(template.Parameters).map(([ParameterKey, one]) => ({
    ParameterKey,
    DefaultValue: one.Default === undefined ? undefined : String(one.Default),
    ParameterType: one.Type,
    NoEcho: one.NoEcho === true || one.NoEcho === 'true',
    Description: one.Description,
    ParameterConstraints: one.AllowedValues ? { AllowedValues: one.AllowedValues.map(String) } : {},
  }));

const transforms = ({ Transform }: Template): readonly string[] => (typeof Transform === 'string' ? [Transform] : (Transform ?? []));

const common = (template: Template): Tree => {
  const { capabilities, reason } = capabilitiesOf(template);
  return {
    Description: template.Description,
    Capabilities: capabilities,
    CapabilitiesReason: reason,
    DeclaredTransforms: transforms(template),
  };
};

/** Of a stack or of what is sent. */
function given(call: Call, service: Service): Template {
  if (text(call.params, 'StackName') === undefined) return checked(templateText(call, service));
  const stack = stackOf(call, service, bracketed);
  if (!stack.made) throw validationError('GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.');
  return stack.made.template;
}

function identified(template: Template): readonly Tree[] {
  const types = [...new Set(Object.values(template.Resources).map(({ Type }) => Type))].sort();
  return types.map((type) => ({
    ResourceType: type,
    LogicalResourceIds: Object.keys(template.Resources).filter((id) => template.Resources[id]?.Type === type),
    ResourceIdentifiers: described(type).id,
  }));
}

export const templateActions: Readonly<Record<string, Action>> = {
  GetTemplate: (call, service) => {
    const changeSet = text(call.params, 'ChangeSetName') === undefined ? undefined : changeSetOf(call, service);
    const made = changeSet ? changeSet.made : stackOf(call, service, bracketed).made;
    if (!made) return { TemplateBody: '', StagesAvailable: ['Original', 'Processed'] };
    const isProcessed = text(call.params, 'TemplateStage') === 'Processed';
    const body = isProcessed && transforms(made.template).length > 0 ? JSON.stringify(made.template) : made.text;
    return { TemplateBody: body, StagesAvailable: ['Original', 'Processed'] };
  },

  GetTemplateSummary: (call, service) => {
    const template = given(call, service);
    return {
      ...common(template),
      Parameters: declared(template),
      ResourceTypes: Object.values(template.Resources).map(({ Type }) => Type),
      Version: '2010-09-09',
      Metadata: template.Metadata && JSON.stringify(template.Metadata),
      ResourceIdentifierSummaries: identified(template),
    };
  },

  ValidateTemplate: (call, service) => {
    const template = checked(templateText(call, service));
    const parameters = declared(template).map(({ ParameterKey, DefaultValue, NoEcho, Description }) => ({
      ParameterKey,
      DefaultValue,
      NoEcho,
      Description,
    }));
    return { ...common(template), Parameters: parameters };
  },
};
