/** The parameters every template may have besides the author’s own, and the conditions made of them. */
export const parameters = {
  ArtifactBucket: {
    Type: 'String',
    Description: 'The bucket that holds the code of the functions under assets/. bootstrap.template.json makes one.',
    MinLength: 3,
  },
  ApiGatewayLogs: {
    Type: 'String',
    Description:
      'Whether APIs write logs. API Gateway refuses them in an account that has no role for it; bootstrap.template.json makes one.',
    AllowedValues: ['on', 'off'],
    Default: 'on',
  },
} as const;

export const conditions = {
  ApiGatewayLogsOn: { parameter: 'ApiGatewayLogs', equals: 'on' },
} as const satisfies { readonly [name: string]: { readonly parameter: keyof typeof parameters; readonly equals: string } };

export type Condition = keyof typeof conditions;
