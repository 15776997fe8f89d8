import { duration, flag, forms, list, object, required, text } from './kit.ts';

/** An origin: scheme, host and port; nothing else. */
const origin = text('An origin.', {
  pattern: '^(\\*|https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?)$',
  means: 'an origin such as https://shop.example, or *',
  examples: ['https://shop.example'],
});

const corsObject = object('Which web pages may call the API from a browser.', {
  origins: required(
    list('The origins.', origin, {
      single: true,
      min: 1,
      also: ['AllowOrigin', 'AllowOrigins', 'allowedOrigins', 'origin', 'allowOrigins'],
    }),
  ),
  headers: list(
    'The request headers a page may send. Content-Type, Authorization, X-Api-Key, X-Amz-Date, X-Amz-Security-Token by default.',
    text('A header.', { pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$", means: 'the name of a header' }),
    { single: true, also: ['AllowHeaders', 'allowedHeaders', 'allowHeaders'] },
  ),
  expose: list(
    'The response headers a page may read.',
    text('A header.', { pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$", means: 'the name of a header' }),
    { single: true, also: ['ExposeHeaders', 'exposedResponseHeaders', 'exposeHeaders'] },
  ),
  credentials: flag('Whether a page may send cookies. Not with the origin `*`.', { also: ['AllowCredentials', 'allowCredentials'] }),
  maxAge: duration('How long a browser caches the preflight response.', {
    from: 0,
    to: 86_400,
    examples: ['10 minutes'],
    also: ['MaxAge'],
  }),
});

/** Which web pages may call an API from a browser. */
export const cors = forms(
  'Which web pages may call the API from a browser: a list of origins, or an object. Preflight requests are answered without an authorizer; an origin is echoed only if it is listed.',
  { list: list('The origins.', origin, { min: 1 }), text: origin, object: corsObject },
  {
    page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html',
    also: ['Cors', 'CorsConfiguration', 'defaultCorsPreflightOptions', 'corsPreflight'],
  },
);
