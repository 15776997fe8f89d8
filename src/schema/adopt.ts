import { flag, interpolatedText } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html';

const also = ['resourceImport', 'ResourcesToImport', 'takeOver', 'importExisting'] as const;

/** Something that exists and becomes this system’s own, with all it holds. `existing` uses a thing and leaves it to its owner. */
export const adopt = (what: string, { pattern, means, examples }: { pattern: string; means: string; examples: readonly string[] }) =>
  interpolatedText(
    `${what} that exists and becomes part of this system, with its data. The next deployment imports it into the stack, and from then on this file manages it.`,
    { pattern, means, examples, aws: 'ResourcesToImport', page: PAGE, also },
  );

/** Where the thing’s own name is said already. */
export const adoptNamed = (what: string) =>
  flag(`${what} exists and becomes part of this system: the next deployment imports it into the stack.`, {
    aws: 'ResourcesToImport',
    page: PAGE,
    also,
  });

/** Why some things cannot be adopted, for the finding at the word. */
export const notAdopted = {
  database:
    'a database’s master user, name and subnets cannot be changed later, so CloudFormation would replace it. `existing` uses it as it is',
  function: 'a function holds no data. Deploy it here, then remove the old one',
  api: 'its old stages and deployments would remain next to the new ones. To keep an address, use `domain`',
  machine:
    'CloudFormation imports a resource before it creates anything else, and a state machine needs its role first. `existing` uses it as it is',
  distribution:
    'CloudFormation imports a resource before it creates anything else, and a distribution needs its policies first. To keep an address, use `domain`',
  made: 'a system never creates these, it only uses them. `existing` names one',
} as const;
