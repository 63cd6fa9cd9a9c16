package main

import (
	"io"
	"reflect"
	"time"

	"github.com/aws/smithy-go/middleware"
)

// plain turns an output into what its JSON would be by AWS's model: what AWS left out is left out, bodies are text.
func plain(value reflect.Value) (any, error) {
	switch content := value.Interface().(type) {
	case time.Time:
		return content.UTC().Format(time.RFC3339), nil
	case []byte:
		return content, nil
	case io.ReadCloser:
		defer content.Close()
		body, err := io.ReadAll(content)
		return string(body), err
	}
	switch value.Kind() {
	case reflect.Pointer, reflect.Interface:
		return plain(value.Elem())
	case reflect.Struct:
		return plainMembers(value)
	case reflect.Slice:
		return plainItems(value)
	case reflect.Map:
		return plainEntries(value)
	default:
		return value.Interface(), nil
	}
}

func plainMembers(structure reflect.Value) (map[string]any, error) {
	members := map[string]any{}
	for index := range structure.NumField() {
		field, value := structure.Type().Field(index), structure.Field(index)
		if !field.IsExported() || field.Type == reflect.TypeFor[middleware.Metadata]() || isAbsent(value) {
			continue
		}
		member, err := plain(value)
		if err != nil {
			return nil, err
		}
		members[field.Name] = member
	}
	return members, nil
}

// A text that is no pointer is one of an enumeration, and none of those is empty.
func isAbsent(value reflect.Value) bool {
	switch value.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Map, reflect.String:
		return value.IsZero()
	default:
		return false
	}
}

func plainItems(list reflect.Value) ([]any, error) {
	items := make([]any, list.Len())
	for index := range items {
		item, err := plain(list.Index(index))
		if err != nil {
			return nil, err
		}
		items[index] = item
	}
	return items, nil
}

func plainEntries(entries reflect.Value) (map[string]any, error) {
	plainly := map[string]any{}
	for _, key := range entries.MapKeys() {
		value, err := plain(entries.MapIndex(key))
		if err != nil {
			return nil, err
		}
		plainly[key.String()] = value
	}
	return plainly, nil
}
