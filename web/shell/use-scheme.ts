import { useMantineColorScheme } from '@mantine/core';

/** Light, dark or as the system has it. Transitions are kept: to stop them Mantine adds a style element, which the content security policy blocks. */
export const useScheme = () => useMantineColorScheme({ keepTransitions: true });
