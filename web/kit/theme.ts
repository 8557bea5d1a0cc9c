import { createTheme, Drawer, Loader, type MantineColorsTuple, Menu, Modal, Select } from '@mantine/core';

// The colours themselves are in tokens.css, where light and dark sit side by side; Mantine wants the names here.
const tide = Array.from({ length: 10 }, (_, shade) => `var(--mantine-color-tide-${shade})`);

export const theme = createTheme({
  colors: { tide: tide as unknown as MantineColorsTuple },
  primaryColor: 'tide',
  primaryShade: 7,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // The page itself never scrolls, and locking would inject an inline <style>.
    Drawer: Drawer.extend({ defaultProps: { lockScroll: false, position: 'right', size: 440 } }),
    Modal: Modal.extend({ defaultProps: { lockScroll: false, centered: true } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } }),
    Select: Select.extend({ defaultProps: { allowDeselect: false } }),
    Loader: Loader.extend({ defaultProps: { type: 'dots' } }),
  },
});
