import { Document, isScalar, visit } from 'yaml';

/** How every template.yaml begins. */
export const YAML_BEGINNING = '# Written by eventsystem from the same system as template.json; changes will be overwritten.\n';

/**
 * A template as YAML. CloudFormation and the tools around it read YAML 1.1 or 1.2, each with its own idea of what is
 * no text (`on`, `012`, `1e3`, `12:30`, `2010-09-09`), so whatever any of them could take for something else is quoted.
 */
export function templateYaml(template: object): string {
  const document = new Document(template, { version: '1.1', aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node) {
      if (isScalar(node) && typeof node.value === 'string' && doubtful.test(node.value)) node.type = 'QUOTE_SINGLE';
    },
  });
  // The directive `%YAML 1.1` is more than some readers take.
  document.directives = undefined as never;
  return YAML_BEGINNING + document.toString({ lineWidth: 0, singleQuote: true });
}

const doubtful = /^(?:[-+.]?[0-9]|[-+.~=<]|(?:y|n|yes|no|on|off|true|false|null)$)/i;
