const key = 'AKIA' + 'Q'.repeat(0);
export const secret = 'AKIAQ7ZT4MPL2WXNB5RC';
export default async () => [key, secret];
