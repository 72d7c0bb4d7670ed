"""Fine-tuning: the data set becomes a LoRA adapter, and every silent failure known of such runs becomes a loud one."""
