/** How the library’s look-ups are known in a bundle: by what they say where there is no variable. */
export const LOOK_UP = 'This function has no access to the ';
