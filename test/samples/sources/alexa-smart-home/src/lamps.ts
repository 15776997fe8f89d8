interface Directive {
  readonly directive: {
    readonly header: { readonly namespace: string; readonly name: string; readonly messageId: string; readonly correlationToken?: string };
    readonly endpoint?: { readonly endpointId: string };
  };
}

export default async ({ directive: { header, endpoint } }: Directive): Promise<object> => {
  const { namespace, name, messageId, correlationToken } = header;
  if (namespace === 'Alexa.Discovery') {
    return { event: { header: { namespace, name: 'Discover.Response', messageId, payloadVersion: '3' }, payload: { endpoints: [] } } };
  }
  const powerState = name === 'TurnOn' ? 'ON' : 'OFF';
  const property = { namespace: 'Alexa.PowerController', name: 'powerState', value: powerState, uncertaintyInMilliseconds: 0 };
  return {
    context: { properties: [property] },
    event: { header: { namespace: 'Alexa', name: 'Response', messageId, correlationToken, payloadVersion: '3' }, endpoint, payload: {} },
  };
};
