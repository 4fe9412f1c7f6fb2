"""The form that adds an image in Wagtail (settings.WAGTAILIMAGES_IMAGE_FORM_BASE)."""

from typing import Any

from django import forms
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .metadata import ImageRefused, without_metadata


class ReadableImageField(WagtailImageField):
    """Refuses beside its field what could not be read when the image is saved, and would stop Wagtail's own checks."""

    def to_python(self, data: Any) -> Any:
        if data:
            try:
                without_metadata(data)
            except ImageRefused as error:
                raise forms.ValidationError(str(error)) from error
            data.seek(0)
        return super().to_python(data)


class ImageForm(BaseImageForm):
    """Wagtail's form of an image, whose file must be readable."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            self.fields["file"] = ReadableImageField(label=field.label, widget=field.widget, required=field.required)
