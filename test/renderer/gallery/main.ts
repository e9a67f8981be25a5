import { mount } from 'svelte';
import '../../../renderer/design/fonts.css';
import '../../../renderer/design/tokens.css';
import '../../../renderer/design/base.css';
import Gallery from './Gallery.svelte';

const target = document.getElementById('window');
if (target === null) throw new Error('The page has no place for the gallery.');
mount(Gallery, { target });
