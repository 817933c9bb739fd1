//! 汉字: sound, width, forms and cleanliness of Chinese text.
